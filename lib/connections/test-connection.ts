import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { openSecret } from "../auth/stored-secrets.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { connectS3 } from "../s3/connect-s3.ts";
import { demandCertificates } from "./certificates.ts";
import { noConnection } from "./conflicts.ts";
import { connectionTestSchema } from "./connection-schema.ts";
import type { Finding } from "./connection-views.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { explain } from "./explain.ts";
import { demandSecretForNewKey } from "./new-key.ts";
import { probeCredentials, probeEndpoint, soon } from "./probe-endpoint.ts";

/**
 * Tries a connection's values, saved or not, and says what works. Leaves nothing in the store.
 * @throws AppError Forbidden, NotFound, InvalidRequest; ZodError
 */
export async function testConnection(ctx: Context, input: unknown): Promise<Finding[]> {
  demand(ctx, "connection.write");
  const values = connectionTestSchema.parse(input);
  const caCertificate = demandCertificates(values.caCertificate, ctx.now()) ?? null;
  const secretAccessKey = values.secretAccessKey ?? (await storedSecret(ctx, values));
  await demandEndpoint(values.endpoint);
  const { connectionId: id = null, name, endpoint, region, accessKeyId, workBucket } = values;
  const target = { type: "connection", id, name: name || null } as const;
  await recordAudit(ctx.db, ctx, { action: "connection.test", target, after: { endpoint, region, accessKeyId, workBucket } });
  const findings = await probeEndpoint({ endpoint: values.endpoint, caCertificate });
  if (findings.some((finding) => finding.ok === "error")) return findings;
  const s3 = connectS3({ ...values, caCertificate, secretAccessKey });
  try {
    const credentials = await probeCredentials(s3);
    findings.push(credentials);
    if (credentials.ok === "error") return findings;
    const bucket = await probeBucket(s3, values.workBucket, values.workPrefix);
    findings.push(bucket);
    if (bucket.ok !== "error") findings.push(await probeWorkArea(s3, values.workBucket, values.workPrefix));
    return findings;
  } finally {
    s3.destroy();
  }
}

async function storedSecret(ctx: Context, values: { connectionId?: string | undefined; accessKeyId: string }): Promise<string> {
  if (values.connectionId === undefined) {
    const message = "Enter the secret access key";
    throw new AppError("InvalidRequest", message, [{ path: "secretAccessKey", message }]);
  }
  const stored = await ctx.db.connection.findUnique({ where: { id: values.connectionId } });
  if (!stored) throw new AppError("NotFound", noConnection);
  demandSecretForNewKey(stored.accessKeyId, values.accessKeyId, undefined);
  return openSecret(stored.secretEncrypted);
}

async function probeBucket(s3: S3Client, bucket: string, prefix: string): Promise<Finding> {
  const check = "workBucket";
  try {
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }), soon());
    return { check, ok: "ok", message: `The bucket ${bucket} can be listed.` };
  } catch (error) {
    const { kind, message } = explain(error);
    if (kind === "missing") return { check, ok: "error", message: `There is no bucket ${bucket}. Create it, or enter another one.` };
    if (kind === "denied") return { check, ok: "error", message: `The keys may not list the bucket ${bucket}. Allow them s3:ListBucket on it.` };
    return { check, ok: "error", message };
  }
}

async function probeWorkArea(s3: S3Client, bucket: string, prefix: string): Promise<Finding> {
  const check = "workArea";
  const place = { Bucket: bucket, Key: `${prefix}connection-test-${randomUUID()}` };
  const text = "Written by Longshore to test a connection; safe to delete.";
  let step: "write" | "read" | "delete" = "write";
  try {
    await s3.send(new PutObjectCommand({ ...place, Body: text, ContentType: "text/plain" }), soon());
    step = "read";
    const read = await s3.send(new GetObjectCommand(place), soon());
    if ((await read.Body?.transformToString()) !== text)
      return { check, ok: "error", message: `The store gave back something else than what was written to ${bucket}/${prefix}. Do not use it.` };
    step = "delete";
    await s3.send(new DeleteObjectCommand(place), soon());
    return { check, ok: "ok", message: `Objects can be written, read and deleted under ${bucket}/${prefix}.` };
  } catch (error) {
    const { kind, message } = explain(error);
    if (step === "read") await s3.send(new DeleteObjectCommand(place), soon()).catch(() => undefined);
    const permission = { write: "s3:PutObject", read: "s3:GetObject", delete: "s3:DeleteObject" }[step];
    const advice =
      kind === "denied"
        ? `The keys may not ${step} objects under ${bucket}/${prefix}. Allow them ${permission} there.`
        : `A test object could not be ${step === "write" ? "written" : step === "read" ? "read" : "deleted"}. ${message}`;
    return { check, ok: "error", message: advice };
  }
}
