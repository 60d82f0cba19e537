import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import type { BucketList } from "./browse-views.ts";
import { withConnection } from "./with-connection.ts";

/** Every bucket that the connection's own keys can list. */
export async function listBuckets(ctx: Context, input: { connectionId: string }): Promise<BucketList> {
  demand(ctx, "job.create");
  return withConnection(ctx, input.connectionId, {}, async (s3) => {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const buckets = Buckets.flatMap((bucket) => (bucket.Name ? [{ name: bucket.Name, createdAt: bucket.CreationDate?.toISOString() ?? null }] : []));
    return { buckets };
  });
}
