/** What the lines on the screen are filled with. */
export interface ApiPlace {
  /** Of this console, as the person has opened it: "https://longshore.example.com". */
  endpoint: string;
  accountId: string;
  accessKeyId: string | null;
  region: ClientRegion;
  /** An execution role to put into the example; null: none there yet. */
  roleArn: string | null;
}

/**
 * Clients put the account before the endpoint's host ("123456789012.localhost") unless their region is "snow", of which newer
 * ones know that it has no such names. To Longshore all regions are one.
 */
export type ClientRegion = "snow" | "us-east-1";

const profile = "longshore";

/** For ~/.aws/credentials, which the CLI and the SDKs all read. Without a secret: something to put it in place of. */
export const credentialsLines = (accessKeyId: string | null, secretAccessKey = "YOUR_SECRET_ACCESS_KEY"): string =>
  [`[${profile}]`, `aws_access_key_id = ${accessKeyId ?? "YOUR_ACCESS_KEY_ID"}`, `aws_secret_access_key = ${secretAccessKey}`].join("\n");

/** The host that clients look for with any region but "snow"; null where the console was opened by an address, which has no names below it. */
export function accountHost({ endpoint, accountId }: Pick<ApiPlace, "endpoint" | "accountId">): string | null {
  const { hostname } = new URL(endpoint);
  return /^[\d.]+$|^\[/.test(hostname) ? null : `${accountId}.${hostname}`;
}

/** The line for /etc/hosts that leads the account's host to a console on this machine; null: it is elsewhere, and needs DNS. */
export function hostsLine(place: Pick<ApiPlace, "endpoint" | "accountId">): string | null {
  const host = accountHost(place);
  return host?.endsWith(".localhost") ? `127.0.0.1 ${host}` : null;
}

const common = ({ endpoint, accountId, region }: ApiPlace): string =>
  `--profile ${profile} --region ${region} --endpoint-url ${endpoint} --account-id ${accountId}`;

export const cliLines = (place: ApiPlace): string =>
  [
    "# What is there",
    `aws s3control list-jobs ${common(place)}`,
    "",
    "# Create a job, which then waits for its confirmation; what is in capitals is yours to fill in",
    `aws s3control create-job ${common(place)} \\`,
    `  --role-arn ${place.roleArn ?? `arn:aws:iam::${place.accountId}:role/ROLE`} --priority 10 --confirmation-required \\`,
    `  --manifest '{"Spec":{"Format":"S3BatchOperations_CSV_20180820","Fields":["Bucket","Key"]},"Location":{"ObjectArn":"arn:aws:s3:::BUCKET/MANIFEST.csv","ETag":"ETAG"}}' \\`,
    `  --operation '{"S3PutObjectTagging":{"TagSet":[{"Key":"team","Value":"data"}]}}' \\`,
    `  --report '{"Bucket":"arn:aws:s3:::BUCKET","Prefix":"reports","Format":"Report_CSV_20180820","Enabled":true,"ReportScope":"AllTasks"}'`,
    "",
    "# How it is getting on, and its confirmation",
    `aws s3control describe-job ${common(place)} --job-id JOB_ID`,
    `aws s3control update-job-status ${common(place)} --job-id JOB_ID --requested-job-status Ready`,
  ].join("\n");

export const javascriptLines = ({ endpoint, accountId, region }: ApiPlace): string =>
  [
    "// npm install @aws-sdk/client-s3-control",
    'import { ListJobsCommand, S3ControlClient } from "@aws-sdk/client-s3-control";',
    "",
    "const client = new S3ControlClient({",
    `  endpoint: "${endpoint}",`,
    `  region: "${region}",`,
    `  profile: "${profile}",`,
    "});",
    `const { Jobs } = await client.send(new ListJobsCommand({ AccountId: "${accountId}" }));`,
    "for (const { JobId, Status } of Jobs ?? []) console.log(JobId, Status);",
  ].join("\n");

export const pythonLines = ({ endpoint, accountId, region }: ApiPlace): string =>
  [
    "# pip install boto3",
    "import boto3",
    "",
    `session = boto3.Session(profile_name="${profile}")`,
    `client = session.client("s3control", endpoint_url="${endpoint}", region_name="${region}")`,
    `for job in client.list_jobs(AccountId="${accountId}")["Jobs"]:`,
    '    print(job["JobId"], job["Status"])',
  ].join("\n");

/** The digest of an empty body, which curl sends by itself only in its newer versions. */
const emptyBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export const curlLines = ({ endpoint, accountId, accessKeyId }: ApiPlace): string =>
  [
    "# Asks for the secret access key as “password”",
    `curl --aws-sigv4 aws:amz:us-east-1:s3 --user ${accessKeyId ?? "YOUR_ACCESS_KEY_ID"} \\`,
    `  -H 'x-amz-account-id: ${accountId}' \\`,
    `  -H 'x-amz-content-sha256: ${emptyBody}' \\`,
    `  '${endpoint}/v20180820/jobs?jobStatuses=Active&jobStatuses=Suspended'`,
  ].join("\n");
