import { expect, it } from "vitest";
import type { ChecksumAlgorithm } from "../operations/operation.ts";
import { digestPieces } from "./digest-bytes.ts";

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

/** Of "123456789": the check values that the algorithms are published with, and SHA and MD5 by other programs. */
it.each<[ChecksumAlgorithm, string]>([
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
  ["MD5", "25f9e794323b453885f5181f1b624d0b"],
  ["SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ["SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
  ["XXHASH64", "8cb841db40e6ae83"],
])("%s of nine digits is %s, however they come", async (algorithm, hex) => {
  const whole = await digestPieces(pieces("123456789"), [algorithm], null);
  expect(Buffer.from(await whole.value(algorithm)).toString("hex")).toBe(hex);
  const first = await digestPieces(pieces("12", "3"), [algorithm], null);
  const broken = await digestPieces(pieces("what another try read"), [algorithm], first);
  const rest = await digestPieces(pieces("", "456", "789"), [algorithm], first);
  expect(Buffer.from(await rest.value(algorithm)).toString("hex")).toBe(hex);
  expect(Buffer.from(await broken.value(algorithm)).toString("hex")).not.toBe(hex);
});

it.each<[ChecksumAlgorithm, number]>([
  ["SHA512", 64],
  ["XXHASH3", 8],
  ["XXHASH128", 16],
])("%s has %i bytes, and goes on from where it was", async (algorithm, length) => {
  const whole = await (await digestPieces(pieces("abc", "def"), [algorithm], null)).value(algorithm);
  const inTwo = await digestPieces(pieces("def"), [algorithm], await digestPieces(pieces("abc"), [algorithm], null));
  expect(whole).toHaveLength(length);
  expect(await inTwo.value(algorithm)).toEqual(whole);
});
