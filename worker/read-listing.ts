import { buffer } from "node:stream/consumers";
import type { S3Client } from "@aws-sdk/client-s3";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { LeftOut } from "#lib/jobs/left-out.ts";
import { type JobManifest, manifestKind } from "#lib/jobs/manifest-schema.ts";
import type { ChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { manifestAddress, openManifest } from "#lib/manifests/open-manifest.ts";
import { maxInventoryBytes } from "#lib/manifests/parse-inventory.ts";
import type { SegmentWriter } from "#lib/manifests/write-segments.ts";
import { createTaskWriter, type WrittenTasks } from "#lib/manifests/write-tasks.ts";
import { readFailedTasks } from "./read-failed-tasks.ts";
import { readInventory } from "./read-inventory.ts";

export interface ListingContents extends WrittenTasks {
  leftOut: LeftOut[];
  /** Of the manifest.json. */
  manifestBytes: number;
}

/**
 * Reads a manifest.json and the files that it names, and writes the objects as plain CSV: the list that the chunks are read from.
 * @param openSegments called at most once
 * @throws JobFailure in words that say what to do
 */
export async function readListing(
  s3: S3Client,
  manifest: JobManifest,
  openSegments: (cutter: ChunkCutter) => SegmentWriter,
  onRows: (rows: number) => void,
): Promise<ListingContents> {
  const address = manifestAddress(manifest);
  const { text, bytes } = await readWhole(s3, manifest, address);
  const writer = createTaskWriter(openSegments, true);
  const report = manifestKind(manifest.Spec.Format) === "report";
  try {
    const leftOut = report ? [] : await readInventory(s3, text, address, writer, onRows);
    if (report) await readFailedTasks(s3, text, address, writer, onRows);
    if (writer.rows === 0) throw empty(address, report, leftOut);
    return { ...(await writer.finish()), leftOut, manifestBytes: bytes };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

async function readWhole(s3: S3Client, manifest: JobManifest, address: string): Promise<{ text: string; bytes: number }> {
  const { stream, bytes } = await openManifest(s3, manifest);
  if (bytes <= maxInventoryBytes) return { text: (await buffer(stream)).toString("utf8"), bytes };
  stream.destroy();
  throw new JobFailure("InvalidManifest", `${address} is longer than any manifest.json: ${bytes.toLocaleString("en")} bytes. Is it the list itself?`);
}

function empty(address: string, report: boolean, leftOut: readonly LeftOut[]): JobFailure {
  if (report) return new JobFailure("EmptyManifest", `The completion report ${address} names no failed task: there is nothing to do again.`);
  const nothing = leftOut.length === 0 ? "no object" : `nothing but ${leftOut.map(({ reason }) => reason).join(" and ")}`;
  return new JobFailure("EmptyManifest", `The inventory ${address} lists ${nothing}. Choose another one.`);
}
