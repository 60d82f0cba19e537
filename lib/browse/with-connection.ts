import type { S3Client } from "@aws-sdk/client-s3";
import type { Context } from "../jobs/context.ts";
import { clientForConnection } from "../s3/connection-client.ts";
import { type Asked, explainS3Error } from "./explain-s3-error.ts";

/**
 * Asks S3 something with the connection's own keys.
 * @throws AppError NotFound, InvalidRequest, Conflict or Upstream, in words for the person who asked
 */
export async function withConnection<T>(ctx: Context, connectionId: string, asked: Asked, ask: (s3: S3Client) => Promise<T>): Promise<T> {
  const { s3 } = await clientForConnection(ctx, connectionId);
  try {
    return await ask(s3);
  } catch (error) {
    throw explainS3Error(error, asked);
  } finally {
    s3.destroy();
  }
}
