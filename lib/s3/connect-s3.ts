import { S3Client } from "@aws-sdk/client-s3";
import type { Addressing } from "../db/generated/enums.ts";
import { certificatesOf } from "./certificates.ts";

export interface S3Target {
  endpoint: string;
  region: string;
  addressing: Addressing;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  /** PEM, of a private CA. */
  caCertificate?: string | null;
}

/** The SDK's client for the control plane: listing, manifests, reports. Tasks go through task-sender.ts. */
export function connectS3(target: S3Target): S3Client {
  return new S3Client({
    endpoint: target.endpoint,
    region: target.region,
    forcePathStyle: target.addressing === "path",
    credentials: {
      accessKeyId: target.accessKeyId,
      secretAccessKey: target.secretAccessKey,
      ...(target.sessionToken === undefined ? {} : { sessionToken: target.sessionToken }),
    },
    // Ceph RGW and older stores refuse bodies with a trailing checksum.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      socketTimeout: 60_000,
      throwOnRequestTimeout: true,
      httpsAgent: certificatesOf(target),
    },
  });
}
