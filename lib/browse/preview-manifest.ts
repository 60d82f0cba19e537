import { GetObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { manifestFieldsSchema, manifestSchema } from "../jobs/manifest-schema.ts";
import { isGzip } from "../manifests/gunzip.ts";
import { firstBytes } from "../s3/first-bytes.ts";
import type { ManifestPreview } from "./browse-views.ts";
import { headObjectQuery } from "./head-object.ts";
import { inflateBeginning } from "./inflate-beginning.ts";
import { previewListing } from "./preview-listing.ts";
import { previewRows } from "./preview-rows.ts";
import { withConnection } from "./with-connection.ts";

const previewBytes = 64 * 1024;

export const previewManifestBody = headObjectQuery.extend({
  etag: manifestSchema.shape.Location.shape.ETag,
  kind: z.enum(["csv", "inventory", "report"]).default("csv"),
  /** Columns of a CSV. */
  fields: manifestFieldsSchema,
});

/** Reads the first 64 KB of exactly the manifest that was looked up, or of the first file that it names, and checks their rows. */
export async function previewManifest(ctx: Context, input: { connectionId: string } & z.input<typeof previewManifestBody>): Promise<ManifestPreview> {
  demand(ctx, "job.create");
  const asked = previewManifestBody.parse(input);
  return withConnection(ctx, input.connectionId, asked, async (s3) => {
    if (asked.kind !== "csv") return previewListing(s3, asked, asked.kind);
    const range = `bytes=0-${previewBytes - 1}`;
    try {
      const object = await s3.send(
        new GetObjectCommand({ Bucket: asked.bucket, Key: asked.key, VersionId: asked.versionId, IfMatch: `"${asked.etag}"`, Range: range }),
      );
      const size = Number(object.ContentRange?.split("/")[1] ?? object.ContentLength ?? 0);
      const bytes = await firstBytes(object.Body as AsyncIterable<Uint8Array>, previewBytes);
      const whole = size <= previewBytes;
      const inflated = isGzip(bytes) ? await inflateBeginning(bytes, previewBytes) : null;
      if (inflated) return previewRows(inflated.bytes, asked.fields, whole && !inflated.more);
      const preview = previewRows(bytes, asked.fields, whole);
      return { ...preview, aboutRows: rowsOf(preview, bytes.length, size) };
    } catch (error) {
      // No byte of an empty object can be asked for.
      if (error instanceof Error && error.name === "InvalidRange") return previewRows(Buffer.alloc(0), asked.fields, true);
      throw error;
    }
  });
}

/** Two significant digits of what the first bytes make likely. */
function rowsOf({ aboutRows, checked, problem }: ManifestPreview, read: number, size: number): number | null {
  if (aboutRows !== null || problem !== null || checked === 0 || read === 0) return aboutRows;
  return Number(((checked / read) * size).toPrecision(2));
}
