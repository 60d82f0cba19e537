import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { objectArn, parseS3Arn } from "#lib/jobs/arn.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { GeneratedManifestDescriptor, S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
import type { Segment } from "#lib/manifests/write-segments.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import type { LoadedJob } from "./load-job.ts";

/**
 * Keeps a generated manifest where the job wants it, with the role's keys, in the layout of an S3 Inventory: data files in
 * gzip with every field quoted, and manifest.json last.
 * @throws JobFailure when the role may not write there
 */
export async function keepGeneratedManifest(
  { s3, workS3, connection, job }: LoadedJob,
  generator: S3ManifestGenerator,
  segments: readonly Segment[],
  now: Date,
): Promise<GeneratedManifestDescriptor | undefined> {
  const { ManifestOutputLocation: output } = generator;
  if (!generator.EnableManifestOutput || !output) return undefined;
  const Bucket = parseS3Arn(output.Bucket)?.bucket ?? "";
  const prefix = output.ManifestPrefix === undefined ? "" : `${output.ManifestPrefix.replace(/\/$/, "")}/`;
  const folder = `${prefix}job-${job.id}/`;
  const put = (Key: string, Body: Buffer, ContentType: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType })).catch((error: unknown) => {
      const failure = s3Failure(error);
      if (failure?.kind !== "refused") throw error;
      throw new JobFailure(
        "ManifestOutputForbidden",
        `The execution role may not write the generated manifest to s3://${Bucket}/${folder} (${failure.httpStatus} ${failure.code}). Allow it s3:PutObject there, or do not keep the manifest.`,
      );
    });

  const files: { key: string; size: number; MD5checksum: string }[] = [];
  for (const [index, segment] of segments.entries()) {
    const { Body } = await workS3.send(new GetObjectCommand({ Bucket: connection.workBucket, Key: segment.key, IfMatch: segment.etag }));
    const rows = quoted(Body as AsyncIterable<Buffer>);
    const gzip = createGzip();
    const packed = buffer(gzip);
    packed.catch(() => undefined);
    try {
      for await (const piece of rows) if (!gzip.write(piece)) await new Promise((resolve) => gzip.once("drain", resolve));
    } finally {
      gzip.end();
    }
    const body = await packed;
    const key = `${folder}data/${String(index).padStart(6, "0")}.csv.gz`;
    await put(key, body, "application/gzip");
    files.push({ key, size: body.length, MD5checksum: createHash("md5").update(body).digest("hex") });
  }

  const manifest = {
    sourceBucket: parseS3Arn(generator.SourceBucket)?.bucket ?? "",
    destinationBucket: output.Bucket,
    version: "2021-11-30",
    creationTimestamp: String(now.getTime()),
    fileFormat: "CSV",
    fileSchema: "Bucket, Key",
    files,
  };
  const body = Buffer.from(JSON.stringify(manifest));
  const key = `${folder}manifest.json`;
  await put(`${folder}manifest.checksum`, Buffer.from(createHash("md5").update(body).digest("hex")), "text/plain");
  const { ETag = "" } = await put(key, body, "application/json");
  return { Format: "S3InventoryReport_CSV_20211130", Location: { ObjectArn: objectArn(Bucket, key), ETag: ETag.replaceAll('"', "") } };
}

/** Rows of a segment are ASCII and hold neither quotes nor a comma in the key, so each has exactly one comma. */
async function* quoted(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of pieces) {
    const text = rest + piece.toString("latin1");
    const end = text.lastIndexOf("\n") + 1;
    rest = text.slice(end);
    if (end > 0) yield text.slice(0, end).replace(/^([^,]*),(.*)$/gm, '"$1","$2"');
  }
}
