import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand, type S3Client } from "@aws-sdk/client-s3";
import type { BucketQuestion } from "#lib/operations/operation.ts";
import type { PreflightFinding } from "#lib/preflight/preflight.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";

type Setting = "on" | "off" | { code: string };

export interface AskedBucket {
  bucket: string;
  /** With the keys of the role that works there. */
  s3: S3Client;
}

/** What the operation wants to know of buckets, as far as the role may see it. @throws the SDK's error while S3 cannot be reached */
export async function checkSettings(
  questions: readonly BucketQuestion[],
  buckets: Record<BucketQuestion["bucket"], readonly AskedBucket[]>,
): Promise<PreflightFinding[]> {
  const findings = questions.flatMap((question) =>
    buckets[question.bucket].map(async ({ bucket, s3 }): Promise<PreflightFinding | null> => {
      const setting = await settingOf[question.setting].read(s3, bucket);
      if (setting === "on") {
        const message = question.on(bucket);
        return message === null ? null : { check: "settings", state: "ok", message };
      }
      if (setting === "off") return { check: "settings", ...question.off(bucket) };
      const { name, action } = settingOf[question.setting];
      return { check: "settings", state: "unknown", message: `${name} of ${bucket}: not checked, since the role may not see it (${setting.code}; ${action}).` };
    }),
  );
  return (await Promise.all(findings)).filter((finding) => finding !== null);
}

const settingOf = {
  versioning: { name: "Versioning", action: "s3:GetBucketVersioning", read: versioning },
  objectLock: { name: "Object Lock", action: "s3:GetBucketObjectLockConfiguration", read: objectLock },
} as const;

async function versioning(s3: S3Client, Bucket: string): Promise<Setting> {
  try {
    return (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status === "Enabled" ? "on" : "off";
  } catch (error) {
    return refused(error, []);
  }
}

async function objectLock(s3: S3Client, Bucket: string): Promise<Setting> {
  try {
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    return ObjectLockConfiguration?.ObjectLockEnabled === "Enabled" ? "on" : "off";
  } catch (error) {
    return refused(error, ["ObjectLockConfigurationNotFoundError", "NoSuchObjectLockConfiguration", "NotImplemented"]);
  }
}

/** @param means codes that say that the setting is off */
function refused(error: unknown, means: readonly string[]): Setting {
  const failure = s3Failure(error);
  if (failure?.kind !== "refused") throw error;
  return means.includes(failure.code) ? "off" : { code: failure.code };
}
