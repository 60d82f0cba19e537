import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { decodeListed } from "../browse/decode-listed.ts";
import type { ListObjects } from "./list-in-parallel.ts";

/** Lists a bucket's objects page by page. The SDK's errors are the caller's. */
export const listBucket =
  (s3: S3Client, bucket: string): ListObjects =>
  async ({ prefix, after, maxKeys }) => {
    const page = await s3.send(
      // Keys come URL-encoded, since XML cannot carry every character that a key may have.
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix || undefined, StartAfter: after, MaxKeys: maxKeys, EncodingType: "url" }),
    );
    const decode = page.EncodingType === "url" ? decodeListed : (text: string) => text;
    return {
      objects: (page.Contents ?? []).map((object) => ({
        key: decode(object.Key ?? ""),
        size: object.Size ?? 0,
        lastModifiedMs: object.LastModified?.getTime() ?? 0,
        storageClass: object.StorageClass ?? "STANDARD",
      })),
      more: page.IsTruncated ?? false,
    };
  };
