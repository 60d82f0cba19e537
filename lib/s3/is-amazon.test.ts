import { expect, it } from "vitest";
import { isAmazon } from "./is-amazon.ts";

it.each([
  ["https://s3.amazonaws.com", true],
  ["https://s3.eu-central-1.amazonaws.com/", true],
  ["https://S3.CN-NORTH-1.AMAZONAWS.COM.CN", true],
  ["https://notamazonaws.com", false],
  ["https://s3.amazonaws.com.example.org", false],
  ["http://127.0.0.1:9000/s3.amazonaws.com", false],
])("%s is Amazon's: %s", (endpoint, amazon) => expect(isAmazon(endpoint)).toBe(amazon));
