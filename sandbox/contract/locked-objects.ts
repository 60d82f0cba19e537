import { createHash } from "node:crypto";
import { PutObjectCommand, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import type { Bench } from "./define-contract.ts";

const DAY = 86_400_000;

/** In whole seconds, which all servers keep. */
const start = Math.floor(Date.now() / 1000) * 1000;

/** Some days from the beginning of the tests: always the same date. */
export const inDays = (days: number): Date => new Date(start + days * DAY);

/** Puts an object as one that is locked has to be put: with a digest. */
export const putWithDigest = ({ s3 }: Pick<Bench, "s3">, input: PutObjectCommandInput & { Body: string }) =>
  s3.send(new PutObjectCommand({ ...input, ContentMD5: createHash("md5").update(input.Body).digest("base64") }));

/** A bucket with Object Lock and one object in it. */
export async function lockable(bench: Bench, input: Partial<PutObjectCommandInput> = {}) {
  const Bucket = await bench.bucket({ locked: true });
  const target = { Bucket, Key: "a" };
  const { VersionId } = await putWithDigest(bench, { ...target, ...input, Body: "hello" });
  return { Bucket, target, version: { ...target, VersionId } };
}
