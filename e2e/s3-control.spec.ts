import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { listJobsCommand } from "../bin/launcher/list-jobs-command.ts";
import { readLocalFile } from "../bin/launcher/local-file.ts";
import { expect, test } from "./fixtures.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const awsMissing = spawnSync("/usr/bin/python3", ["-c", "import awscli, boto3"], { stdio: "ignore" }).status !== 0;
const page = readFileSync(join(root, "docs/s3-control.md"), "utf8");

/** The page's only block of a language below a heading. */
const block = (heading: string, language: string): string => {
  const found = page
    .split(`\n## ${heading}\n`)[1]
    ?.split("\n## ")[0]
    ?.match(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s"))?.[1];
  if (found === undefined) throw new Error(`docs/s3-control.md has no ${language} block under ${heading}`);
  return found;
};

const local = () => readLocalFile(process.env.LONGSHORE_E2E_LOCAL_FILE ?? "");

/** What the page's first block sets. */
function environment(): NodeJS.ProcessEnv {
  const { url, accountId, accessKey, s3, roleArn } = local();
  if (!accessKey || !s3 || !roleArn) throw new Error("The stack has no access key or no sandbox.");
  return {
    NODE_ENV: "test",
    PATH: "/usr/bin:/bin",
    HOME: "/nonexistent",
    CONTROL_ENDPOINT: url,
    ACCOUNT: accountId,
    AWS_ACCESS_KEY_ID: accessKey.id,
    AWS_SECRET_ACCESS_KEY: accessKey.secret,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_REGION: "us-east-1",
    AWS_PAGER: "",
    ROLE_ARN: roleArn,
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    MANIFEST: "sample-manifests/photos-2026.csv",
    REPORT_BUCKET: "sample-reports",
  };
}

const bash = async (script: string) => (await run("/bin/bash", ["-euo", "pipefail", "-c", script], { cwd: root, env: environment() })).stdout;

test.describe("the commands of docs/s3-control.md work as they stand", () => {
  test("AWS CLI: all operations of a job's life", async ({ api }) => {
    test.skip(awsMissing, "apt-get install -y --no-install-recommends awscli python3-boto3");
    test.setTimeout(300_000);
    const output = await bash(block("AWS CLI", "sh"));
    const jobId = /"JobId": "([^"]+)"/.exec(output)?.[1];
    expect(output).toContain('"Priority": 98');
    expect(output).toContain('"Status": "Ready"');
    const seen = await api.get<{ status: string; description: string; tags: unknown[]; totalTasks: number }>(`/api/jobs/${jobId}`);
    expect(seen).toMatchObject({ status: "Complete", description: "from the CLI", priority: 98, tags: [] });
  });

  test("Python: a script for AWS makes a job, polls it and reads its report", async () => {
    test.skip(awsMissing, "apt-get install -y --no-install-recommends awscli python3-boto3");
    test.setTimeout(300_000);
    const output = await bash(block("Python", "sh"));
    const [, succeeded, failed] = /complete (\d+) succeeded (\d+) failed/.exec(output) ?? [];
    expect(Number(succeeded)).toBeGreaterThan(100);
    expect(output).toContain(`rows ${Number(succeeded) + Number(failed)}`);
  });

  test("JavaScript", async () => {
    test.setTimeout(300_000);
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", block("JavaScript", "js")], { cwd: root, env: environment() });
    expect(stdout).toContain("from JavaScript");
    expect(stdout).toContain("Status: 'Complete'");
  });

  test("curl", async () => {
    expect(await bash(block("curl", "sh"))).toContain("<ListJobsResult");
  });

  test("the line that npm start prints", async () => {
    test.skip(awsMissing, "apt-get install -y --no-install-recommends awscli python3-boto3");
    const { stdout } = await run("/bin/bash", ["-c", listJobsCommand(local())], { env: { NODE_ENV: "test", PATH: "/usr/bin:/bin", HOME: "/nonexistent" } });
    expect(JSON.parse(stdout)).toHaveProperty("Jobs");
  });
});

test.describe("the server takes a request however it is addressed", () => {
  interface Answer {
    status: number;
    headers: IncomingMessage["headers"];
    body: string;
  }
  /** As on the wire: nothing is normalised. */
  const send = (
    target: string,
    options: { host?: string; method?: string; headers?: Record<string, string>; body?: (send: (bytes: Buffer) => void) => void } = {},
  ) =>
    new Promise<Answer>((done, fail) => {
      const { hostname, port } = new URL(local().url);
      const { host = "localhost", method = "GET", headers } = options;
      const call = request({ hostname, port, method, path: target, headers: { host, ...headers } }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
        });
        response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      call.on("error", fail);
      options.body?.((bytes) => call.write(bytes));
      if (!options.body) call.end();
    });
  const codeOf = ({ body }: Answer): string | undefined => /<ErrorResponse><Error><Code>(\w+)<\/Code>/.exec(body)?.[1];

  test("curl signs for hosts with and without the account, and for a proxy", async () => {
    const { url, accountId } = local();
    const signed = async (...args: string[]) => {
      const empty = createHash("sha256").digest("hex");
      const env = environment();
      const keys = `${env.AWS_ACCESS_KEY_ID}:${env.AWS_SECRET_ACCESS_KEY}`;
      const given = ["-H", `x-amz-account-id: ${accountId}`, "-H", `x-amz-content-sha256: ${empty}`];
      return (await run("/usr/bin/curl", ["-sS", "--path-as-is", "--aws-sigv4", "aws:amz:eu-west-1:s3", "--user", keys, ...given, ...args], { env })).stdout;
    };
    const target = "/v20180820/jobs?jobStatuses=Active&jobStatuses=Complete&maxResults=1&statusUpdateReason=it%27s%20a%2Bb";
    for (const host of ["localhost", "longshore.example.com", `${accountId}.longshore.example.com`, `${accountId}.localhost:1234`])
      expect(await signed("-H", `Host: ${host}`, `${url}${target}`)).toContain("<ListJobsResult");
    for (const host of ["nowhere.invalid", `${accountId}.nowhere.invalid:8080`])
      expect(await signed("--proxy", url, "--noproxy", "", `http://${host}${target}`)).toContain("<ListJobsResult");
    expect(await signed("-H", "Host: 000000000000.example.com", `${url}${target}`)).toContain("<Code>AccessDenied</Code>");
  });

  test("whatever is wrong is said in AWS's XML, with request ids", async () => {
    const cases: [string, string, string, number][] = [
      ["GET", "/v20180820/jobs", "AccessDenied", 403],
      ["GET", "/v20180820", "NotImplemented", 501],
      ["GET", "/v20180820/accesspoint/x", "NotImplemented", 501],
      ["GET", "/v20180820/jobs/", "NotImplemented", 501],
      ["GET", "//v20180820/jobs", "NotImplemented", 501],
      ["GET", "/v20180820/jobs/%zz", "AccessDenied", 403],
      ["DELETE", "/v20180820/jobs", "MethodNotAllowed", 405],
      ["PATCH", "/v20180820/jobs/1/tagging", "MethodNotAllowed", 405],
      ["GET", "http://nowhere.invalid/v20180820/jobs", "AccessDenied", 403],
    ];
    for (const [method, target, code, status] of cases) {
      const answer = await send(target, { method });
      expect([method, target, answer.status, codeOf(answer)]).toEqual([method, target, status, code]);
      expect(answer.headers["content-type"]).toBe("application/xml");
      expect(answer.body).toContain(`<RequestId>${answer.headers["x-amz-request-id"]}</RequestId><HostId>${answer.headers["x-amz-id-2"]}</HostId>`);
    }
  });

  test("an upgrade is answered like any other request", async () => {
    for (const target of ["/v20180820/jobs", "/nowhere"]) {
      const answer = await send(target, { headers: { connection: "Upgrade", upgrade: "h2c" } });
      expect([target, answer.status]).toEqual([target, target === "/nowhere" ? 404 : 403]);
    }
  });

  test("a body of a hundred megabytes is not taken", async () => {
    const piece = Buffer.alloc(64 * 1024, "<a>");
    const said = await send("/v20180820/jobs", { method: "POST", headers: { "content-length": String(100_000_000) }, body: (write) => write(piece) });
    expect([said.status, codeOf(said), said.headers.connection]).toEqual([400, "BadRequestException", "close"]);
    const unsaid = await send("/v20180820/jobs", {
      method: "POST",
      body: (write) => {
        for (let sent = 0; sent < 20; sent++) write(piece);
      },
    });
    // Whoever has not signed is not even listened to.
    expect([unsaid.status, codeOf(unsaid), unsaid.headers.connection]).toEqual([403, "AccessDenied", "close"]);
  });
});

test("what a client makes the console shows", async ({ signedIn }) => {
  const script = block("JavaScript", "js")
    .replace("from JavaScript", "made by an SDK")
    .replace("ConfirmationRequired: false", "ConfirmationRequired: true")
    .split("for (;;)")[0];
  await run(process.execPath, ["--input-type=module", "--eval", script ?? ""], { cwd: root, env: environment() });
  await signedIn.goto("/jobs?q=made+by+an+SDK");
  await expect(signedIn.getByText("Awaiting your confirmation").first()).toBeVisible();
});
