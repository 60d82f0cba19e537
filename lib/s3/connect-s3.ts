import { S3Client } from "@aws-sdk/client-s3";
import type { Addressing } from "../db/generated/enums.ts";
import { ForbiddenAddress, guardedLookup, isForbiddenLiteral } from "../net/guarded-lookup.ts";
import { certificatesOf } from "./certificates.ts";
import { keepKeys, keepKeysPlace, sessionCredentials } from "./keep-keys.ts";
import type { RoleSession } from "./role-session.ts";

export interface S3Target {
  endpoint: string;
  region: string;
  addressing: Addressing;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  /** Of an assumed role: its present keys count, and those above are only what it began with. */
  session?: RoleSession | undefined;
  /** PEM, of a private CA. */
  caCertificate?: string | null;
}

/** The SDK's client for the control plane: listing, manifests, reports. Tasks go through task-sender.ts. */
export function connectS3(target: S3Target): S3Client {
  const s3 = new S3Client({
    endpoint: target.endpoint,
    region: target.region,
    forcePathStyle: target.addressing === "path",
    credentials: sdkCredentials(target),
    // Ceph RGW and older stores refuse bodies with a trailing checksum.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      socketTimeout: 60_000,
      throwOnRequestTimeout: true,
      httpAgent: { lookup: guardedLookup },
      httpsAgent: { ...certificatesOf(target), lookup: guardedLookup },
    },
  });
  if (target.session) s3.middlewareStack.add(keepKeys(target.session), keepKeysPlace);
  refuseForbidden(s3, target.endpoint);
  return s3;
}

/** A host that is an address is not looked up. */
function refuseForbidden(s3: S3Client, endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (!isForbiddenLiteral(hostname)) return;
  s3.middlewareStack.add(() => () => Promise.reject(new ForbiddenAddress(hostname)), { step: "initialize", name: "refuseForbidden" });
}

/** As the SDK's clients take them. */
export const sdkCredentials = ({ accessKeyId, secretAccessKey, sessionToken, session }: S3Target) =>
  session ? sessionCredentials(session) : { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
