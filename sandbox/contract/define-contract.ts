import { CreateBucketCommand, type ObjectOwnership, PutBucketVersioningCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knownDifferences } from "./known-differences.ts";
import type { ContractServer, ServerName } from "./servers.ts";
import { acl } from "./suites/acl.ts";
import { auth } from "./suites/auth.ts";
import { buckets } from "./suites/buckets.ts";
import { checksums } from "./suites/checksums.ts";
import { copy } from "./suites/copy.ts";
import { cors } from "./suites/cors.ts";
import { deletion } from "./suites/deletion.ts";
import { encryption } from "./suites/encryption.ts";
import { legalHold } from "./suites/legal-hold.ts";
import { listing } from "./suites/listing.ts";
import { multipart } from "./suites/multipart.ts";
import { objectLock } from "./suites/object-lock.ts";
import { objects } from "./suites/objects.ts";
import { reads } from "./suites/reads.ts";
import { replication } from "./suites/replication.ts";
import { restore } from "./suites/restore.ts";
import { sts } from "./suites/sts.ts";
import { tagging } from "./suites/tagging.ts";
import { versioning } from "./suites/versioning.ts";

/** What each check works with. */
export interface Bench {
  server: ContractServer;
  s3: S3Client;
  /** Another client of the same user. */
  client(config?: S3ClientConfig): S3Client;
  /** Makes a bucket of its own for the check. */
  bucket(options?: { versioned?: boolean; locked?: boolean; ownership?: ObjectOwnership }): Promise<string>;
}

export type Suite = (check: (name: string, body: (bench: Bench) => Promise<void>) => void) => void;

const suites: Record<string, Suite> = {
  buckets,
  objects,
  reads,
  listing,
  versioning,
  tagging,
  copy,
  multipart,
  deletion,
  objectLock,
  legalHold,
  acl,
  restore,
  encryption,
  checksums,
  replication,
  cors,
  auth,
  sts,
};

function createBench(server: ContractServer): Bench {
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const client = (config: S3ClientConfig = {}) =>
    new S3Client({
      endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
      // Stores of some age refuse a body with a trailing checksum; a check of its own sends one.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      ...config,
    });
  const s3 = client();
  let made = 0;
  return {
    server,
    s3,
    client,
    async bucket({ versioned = false, locked = false, ownership } = {}) {
      made += 1;
      const name = `contract-${made}`;
      await s3.send(
        new CreateBucketCommand({ Bucket: name, ...(locked && { ObjectLockEnabledForBucket: true }), ...(ownership && { ObjectOwnership: ownership }) }),
      );
      if (versioned) await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: "Enabled" } }));
      return name;
    },
  };
}

/**
 * The contract: what Longshore expects of an S3 server, checked against one.
 * A check that is a known difference of the server must fail there, so that the list stays true.
 */
export function defineContract(name: ServerName, start: () => Promise<ContractServer>): void {
  describe(name, () => {
    let bench: Bench | undefined;
    beforeAll(async () => {
      bench = createBench(await start());
    });
    afterAll(async () => {
      bench?.s3.destroy();
      await bench?.server.stop();
    });
    const differences = new Map(Object.entries(knownDifferences[name]));
    for (const [suiteName, suite] of Object.entries(suites)) {
      describe(suiteName, () => {
        suite((checkName, body) => {
          const full = `${suiteName}: ${checkName}`;
          const reason = differences.get(full);
          differences.delete(full);
          const work = async () => body(bench as Bench);
          if (reason === undefined) test(checkName, work);
          else test.fails(`${checkName} [known difference: ${reason}]`, work);
        });
      });
    }
    test("has no known difference that names no check", () => expect([...differences.keys()]).toEqual([]));
  });
}
