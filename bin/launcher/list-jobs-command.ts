import type { LocalFile } from "./local-file.ts";

/**
 * A shell's line that lists jobs with the AWS CLI. AWS's clients put the account before the host, which resolves on some
 * machines only; with the console as their proxy they need no resolver (docs/s3-control.md).
 */
export function listJobsCommand({ url, accountId, accessKey }: LocalFile): string {
  const keys = `AWS_ACCESS_KEY_ID=${accessKey?.id} AWS_SECRET_ACCESS_KEY=${accessKey?.secret}`;
  return `http_proxy=${url} no_proxy= ${keys} aws s3control list-jobs --account-id ${accountId} --region us-east-1 --endpoint-url ${url}`;
}
