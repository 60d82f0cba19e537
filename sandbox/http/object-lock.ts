import { S3Error } from "../s3-error.ts";
import type { Attributes, ObjectLock, Retention } from "../store/attributes.ts";
import type { Bucket } from "../store/buckets.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { type Call, may } from "./operation.ts";

const MODE = "x-amz-object-lock-mode";
const UNTIL = "x-amz-object-lock-retain-until-date";
const HOLD = "x-amz-object-lock-legal-hold";
const DAY = 86_400_000;

/** @throws S3Error InvalidRequest for a bucket that was not made for Object Lock. */
export function lockOf(bucket: Bucket): ObjectLock {
  if (!bucket.settings.objectLock) throw new S3Error("InvalidRequest", "Bucket is missing Object Lock Configuration");
  return bucket.settings.objectLock;
}

/** A mode and a date as documents and headers have them. @throws S3Error InvalidArgument, or `badMode` for a mode that nobody knows. */
export function parseRetention(mode: string, until: string, now: number, badMode: () => S3Error): Retention {
  if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE") throw badMode();
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(until) ? Date.parse(until) : Number.NaN;
  const invalid = (message: string) => new S3Error("InvalidArgument", message, { ArgumentName: UNTIL, ArgumentValue: until });
  if (Number.isNaN(time)) throw invalid("The retain until date must be provided in ISO 8601 format");
  if (time <= now) throw invalid("The retain until date must be in the future!");
  return { mode, until: time };
}

/** What an object under a bucket's default is kept for. */
function defaultRetention({ byDefault }: ObjectLock, now: number): Retention | undefined {
  if (!byDefault) return undefined;
  const until = new Date(now);
  if ("days" in byDefault) until.setTime(now + byDefault.days * DAY);
  else until.setUTCFullYear(until.getUTCFullYear() + byDefault.years);
  return { mode: byDefault.mode, until: until.getTime() };
}

/** The locks of a new version: those of the headers, or the bucket's default. @throws S3Error InvalidArgument, InvalidRequest */
export function newLock({ headers, store, bucket, now }: Call): Pick<Attributes, "retention" | "legalHold"> {
  const [mode, until, hold] = [headers.get(MODE), headers.get(UNTIL), headers.get(HOLD)];
  const target = store.buckets.get(bucket);
  if (mode === undefined && until === undefined && hold === undefined) {
    const retention = target.settings.objectLock && defaultRetention(target.settings.objectLock, now);
    return retention ? { retention } : {};
  }
  const lock = lockOf(target);
  const invalid = (message: string) => new S3Error("InvalidArgument", message);
  if ((mode === undefined) !== (until === undefined)) throw invalid(`${UNTIL} and ${MODE} must both be supplied`);
  if (hold !== undefined && hold !== "ON" && hold !== "OFF") throw invalid("Legal Hold must be either of 'ON' or 'OFF'");
  const retention =
    mode === undefined || until === undefined ? defaultRetention(lock, now) : parseRetention(mode, until, now, () => invalid("Unknown wormMode directive."));
  return { ...(retention && { retention }), ...(hold && { legalHold: hold }) };
}

/** What a request that sets locks by its headers needs beside s3:PutObject. */
export const lockActions = ({ headers }: Call): string[] => [
  ...(headers.has(MODE) || headers.has(UNTIL) ? ["s3:PutObjectRetention"] : []),
  ...(headers.has(HOLD) ? ["s3:PutObjectLegalHold"] : []),
];

/** S3 takes no body for a locked object without a digest to check it by. @throws S3Error InvalidRequest */
export function requireDigest({ headers }: Call, { retention, legalHold }: Attributes, request: string): void {
  if (!retention && legalHold !== "ON") return;
  const given =
    headers.has("content-md5") || headers.has("x-amz-trailer") || [...headers.keys()].some((name) => /^x-amz-checksum-(?!algorithm|type)/.test(name));
  if (!given) throw new S3Error("InvalidRequest", `Content-MD5 OR x-amz-checksum- HTTP header is required for ${request} requests with Object Lock parameters`);
}

const isoDate = (time: number): string => new Date(time).toISOString();

/** What GET and HEAD tell of locks to those who may know. */
export function lockHeaders(call: Call, { attributes: { retention, legalHold } }: ObjectVersion): Record<string, string> {
  const told: Record<string, string> = {};
  if (retention && may(call, "s3:GetObjectRetention")) Object.assign(told, { [MODE]: retention.mode, [UNTIL]: isoDate(retention.until) });
  if (legalHold && may(call, "s3:GetObjectLegalHold")) told[HOLD] = legalHold;
  return told;
}

const BYPASS = "x-amz-bypass-governance-retention";

/** Whether a request asks to pass over GOVERNANCE. */
export const bypasses = ({ headers }: Call): boolean => headers.get(BYPASS)?.toLowerCase() === "true";

export const bypassActions = (call: Call): string[] => (bypasses(call) ? ["s3:BypassGovernanceRetention"] : []);

export const protectedError = () => new S3Error("AccessDenied", "Access Denied because object protected by object lock.");

/** @throws S3Error AccessDenied where a lock keeps a version from being deleted. */
export function refuseLocked(call: Call, { attributes: { retention, legalHold } }: ObjectVersion): void {
  if (legalHold === "ON") throw protectedError();
  if (retention && retention.until > call.now && !(retention.mode === "GOVERNANCE" && bypasses(call))) throw protectedError();
}

/** @throws S3Error AccessDenied where what an object is kept by may not be replaced by that; undefined takes it away. */
export function refuseWeaker(call: Call, now: Retention | undefined, next: Retention | undefined): void {
  if (!now || now.until <= call.now) return;
  const weaker = !next || next.until < now.until || (now.mode === "COMPLIANCE" && next.mode !== "COMPLIANCE");
  if (weaker && !(now.mode === "GOVERNANCE" && bypasses(call))) throw protectedError();
}
