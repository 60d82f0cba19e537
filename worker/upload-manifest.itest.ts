import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { previewManifest } from "#lib/browse/preview-manifest.ts";
import { type Upload, uploadManifest } from "#lib/browse/upload-manifest.ts";
import { type Engine, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let connectionId: string;
beforeAll(async () => {
  engine = await startEngine();
  connectionId = (await engine.db.connection.findFirstOrThrow()).id;
});
afterEach(() => engine.sandbox.faults.clear());
afterAll(() => engine.stop());

const bodyOf = async function* (...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
};
const upload = (key: string, more: Partial<Upload> & { bucket?: string } = {}) =>
  uploadManifest(engine.as("operator"), { connectionId, bucket: "manifests", key, body: bodyOf("data,a\n", "data,b\n"), bytes: 14, ...more });

it("puts the file into the bucket as it is, to be a job's manifest", async () => {
  const made = await upload("up/a.csv");
  expect(await engine.text("manifests", "up/a.csv")).toBe("data,a\ndata,b\n");
  const preview = await previewManifest(engine.as("operator"), { connectionId, ...made, fields: ["Bucket", "Key"] });
  expect(preview).toMatchObject({ checked: 2, wrong: 0, problem: null });
});

it("takes a file that is larger than a part, piece by piece", async () => {
  const piece = `${"data,x\n".repeat(150_000)}`;
  const pieces = Array.from({ length: 20 }, () => piece);
  await upload("up/large.csv", { body: bodyOf(...pieces), bytes: 20 * piece.length });
  expect((await engine.text("manifests", "up/large.csv")).length).toBe(20 * piece.length);
});

it("overwrites nothing, neither what was there nor what came meanwhile", async () => {
  await engine.put("manifests", "up/there.csv", "mine");
  await expect(upload("up/there.csv")).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("overwrites none") });
  const meanwhile = async function* () {
    yield Buffer.from("data,a\n");
    await engine.put("manifests", "up/race.csv", "mine");
    yield Buffer.from("data,b\n");
  };
  await expect(upload("up/race.csv", { body: meanwhile() })).rejects.toMatchObject({ code: "Conflict" });
  expect(await engine.text("manifests", "up/there.csv")).toBe("mine");
  expect(await engine.text("manifests", "up/race.csv")).toBe("mine");
});

it("keeps nothing of what was not all sent", async () => {
  const broken = async function* () {
    yield Buffer.alloc(20 * 1024 * 1024, "x");
    throw new Error("the browser is gone");
  };
  await expect(upload("up/broken.csv", { body: broken(), bytes: 40 * 1024 * 1024 })).rejects.toThrow();
  await expect(upload("up/short.csv", { bytes: 20 })).rejects.toMatchObject({ code: "InvalidRequest", message: expect.stringContaining("ended before") });
  await expect(upload("up/long.csv", { bytes: 7 })).rejects.toMatchObject({ code: "InvalidRequest" });
  for (const key of ["up/broken.csv", "up/short.csv", "up/long.csv"]) expect(await engine.keys("manifests", key)).toEqual([]);
  expect((await engine.s3.send(new ListMultipartUploadsCommand({ Bucket: "manifests" }))).Uploads ?? []).toEqual([]);
});

it.each([
  ["the work area", { bucket: "work", key: ".longshore/jobs/x/segments/0-000000.csv" }, "work area"],
  ["what is no CSV", { key: "index.html" }, "must end with .csv"],
  ["an empty file", { key: "up/empty.csv", bytes: 0 }, "is empty"],
  ["a file without a length", { key: "up/none.csv", bytes: null }, "is empty"],
  ["a file that is too long", { key: "up/huge.csv", bytes: 2 ** 31 }, "more than 1 GB"],
  ["a bucket that is not there", { bucket: "nowhere", key: "a.csv" }, "nowhere"],
])("refuses %s", async (_name, { key, ...more }, words) => {
  await expect(upload(key, more)).rejects.toThrow(words);
});

it("is for those who may create jobs", async () => {
  const input = { connectionId, bucket: "manifests", key: "up/viewer.csv", body: bodyOf("data,a\n"), bytes: 7 };
  await expect(uploadManifest(engine.as("viewer"), input)).rejects.toMatchObject({ code: "Forbidden" });
});
