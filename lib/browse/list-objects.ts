import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import type { ObjectList } from "./browse-views.ts";
import { decodeListed } from "./decode-listed.ts";
import { withConnection } from "./with-connection.ts";

const pageSize = 200;

export const listObjectsQuery = z.object({
  bucket: z.string().min(1).max(255),
  prefix: z.string().max(1024).default(""),
  cursor: z.string().max(4096).optional(),
});

/** One page of the folders and objects that stand directly under a prefix. */
export async function listObjects(ctx: Context, input: { connectionId: string } & z.input<typeof listObjectsQuery>): Promise<ObjectList> {
  demand(ctx, "job.create");
  const { bucket, prefix, cursor } = listObjectsQuery.parse(input);
  return withConnection(ctx, input.connectionId, { bucket }, async (s3) => {
    const page = await s3.send(
      // Keys come URL-encoded, since XML cannot carry every character that a key may have.
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: "/", MaxKeys: pageSize, ContinuationToken: cursor, EncodingType: "url" }),
    );
    const decode = (text: string): string => (page.EncodingType === "url" ? decodeListed(text) : text);
    return {
      folders: (page.CommonPrefixes ?? []).flatMap((folder) => (folder.Prefix === undefined ? [] : [decode(folder.Prefix)])),
      objects: (page.Contents ?? []).flatMap((object) =>
        object.Key === undefined ? [] : [{ key: decode(object.Key), size: object.Size ?? 0, lastModified: object.LastModified?.toISOString() ?? null }],
      ),
      nextCursor: page.NextContinuationToken ?? null,
    };
  });
}
