import { describe, expect, it } from "vitest";
import { parseBucket, parseObjectLocation, toObjectArn } from "./s3-location.ts";

describe("parseObjectLocation", () => {
  it.each([
    ["s3://lists/a/b.csv", { bucket: "lists", key: "a/b.csv" }],
    ["  S3://lists/b.csv ", { bucket: "lists", key: "b.csv" }],
    ["arn:aws:s3:::lists/a%20b.csv", { bucket: "lists", key: "a%20b.csv" }],
    ["arn:aws-cn:s3:::lists/x", { bucket: "lists", key: "x" }],
    ["s3://lists//odd", { bucket: "lists", key: "/odd" }],
    ["s3://lists/", null],
    ["s3://lists", null],
    ["arn:aws:s3:::lists", null],
    ["https://lists/x", null],
    ["", null],
  ])("reads %j", (text, location) => expect(parseObjectLocation(text)).toEqual(location));
});

describe("toObjectArn", () => {
  it("makes a path an ARN", () => expect(toObjectArn("s3://b/k/1.csv")).toBe("arn:aws:s3:::b/k/1.csv"));
  it("leaves what it cannot read to the schema", () => expect(toObjectArn(" b/k ")).toBe("b/k"));
});

describe("parseBucket", () => {
  it.each([
    ["archive", "archive"],
    ["s3://archive", "archive"],
    ["s3://archive/", "archive"],
    ["arn:aws:s3:::archive", "archive"],
    ["arn:aws:s3:::archive/key", null],
    ["s3://archive/key", null],
    ["my bucket", null],
    ["ab", null],
    ["", null],
  ])("reads %j", (text, bucket) => expect(parseBucket(text)).toBe(bucket));
});
