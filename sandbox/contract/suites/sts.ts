import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectStatus } from "../expect-error.ts";

const stsOf = ({ server }: Bench, secretAccessKey = server.secretAccessKey): STSClient =>
  new STSClient({ endpoint: server.sts.endpoint, region: "us-east-1", credentials: { accessKeyId: server.accessKeyId, secretAccessKey }, maxAttempts: 1 });

async function assume(bench: Bench, RoleArn: string) {
  const sts = stsOf(bench);
  const { Credentials, AssumedRoleUser } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "job-1", DurationSeconds: 900 }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken,
  };
  return { credentials, Credentials, AssumedRoleUser };
}

const rejected = async (work: Promise<unknown>): Promise<number | undefined> =>
  work.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
  );

export const sts: Suite = (check) => {
  check("gives keys for a while that do what the role may", async (bench) => {
    const { server, client } = bench;
    const { credentials, Credentials, AssumedRoleUser } = await assume(bench, server.sts.roleArn);
    const minutes = ((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(10);
    expect(minutes).toBeLessThan(20);
    expect(AssumedRoleUser?.Arn).toContain("job-1");
    const s3 = client({ endpoint: server.sts.endpoint, credentials });
    const Bucket = await bench.bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "by the role" }));
    expect(await (await bench.s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).Body?.transformToString()).toBe("by the role");
  });

  check("gives keys that do nothing else", async (bench) => {
    const { server, client } = bench;
    const { credentials } = await assume(bench, server.sts.readerArn);
    const s3 = client({ endpoint: server.sts.endpoint, credentials });
    const Bucket = await bench.bucket();
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).Body?.transformToString()).toBe("1");
    await expectStatus(s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2" })), 403);
  });

  check("refuses its keys without their token, and with another", async (bench) => {
    const { server, client } = bench;
    const [one, two] = [await assume(bench, server.sts.roleArn), await assume(bench, server.sts.roleArn)];
    const { accessKeyId, secretAccessKey } = one.credentials;
    const attempt = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined }) =>
      rejected(client({ endpoint: server.sts.endpoint, credentials: credentials as typeof one.credentials }).send(new ListBucketsCommand({})));
    expect(await attempt(one.credentials)).toBe(200);
    expect(await attempt({ accessKeyId, secretAccessKey })).toBe(403);
    for (const sessionToken of [two.credentials.sessionToken, "forged"])
      expect([400, 403]).toContain(await attempt({ accessKeyId, secretAccessKey, sessionToken }));
  });

  check("refuses a role that is not there", async (bench) => {
    expect([403, 404]).toContain(await rejected(assume(bench, bench.server.sts.roleArn.replace(/[^/]+$/, "nobody"))));
  });

  check("refuses who does not sign rightly", async (bench) => {
    const asked = stsOf(bench, "wrong").send(new AssumeRoleCommand({ RoleArn: bench.server.sts.roleArn, RoleSessionName: "job-1" }));
    expect(await rejected(asked)).toBe(403);
  });
};
