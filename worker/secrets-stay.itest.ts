import { createServer, request as forward, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { SandboxRole } from "../sandbox/start-sandbox.ts";

/** All that is logged, by whatever part. */
const logged = vi.hoisted(() => [] as string[]);
vi.mock("#lib/log.ts", async (original) => {
  process.env.LONGSHORE_LOG_LEVEL = "debug";
  const { createLog } = await original<typeof import("#lib/log.ts")>();
  return { createLog, log: createLog({ write: (line: string) => void logged.push(line) }) };
});

const { createAccessKey } = await import("#lib/auth/access-keys/create-access-key.ts");
const { createAuth } = await import("#lib/auth/auth.ts");
const { createPerson } = await import("#lib/auth/create-person.ts");
const { listBuckets } = await import("#lib/browse/list-buckets.ts");
const { createConnection } = await import("#lib/connections/create-connection.ts");
const { createRole } = await import("#lib/connections/create-role.ts");
const { listConnections } = await import("#lib/connections/list-connections.ts");
const { listRoles } = await import("#lib/connections/list-roles.ts");
const { testConnection } = await import("#lib/connections/test-connection.ts");
const { testRole } = await import("#lib/connections/test-role.ts");
const { updateRole } = await import("#lib/connections/update-role.ts");
const { createGuardedHttp } = await import("#lib/functions/guarded-http.ts");
const { errorResponse } = await import("#lib/http/errors.ts");
const { listJobSamples } = await import("#lib/jobs/list-job-samples.ts");
const { addressNext } = await import("#lib/notifications/address-next.ts");
const { deliverNext } = await import("#lib/notifications/deliver-next.ts");
const { createMailer } = await import("#lib/notifications/mailer.ts");
const { sendTestMail } = await import("#lib/notifications/send-test-mail.ts");
const { testWebhook } = await import("#lib/notifications/test-webhook.ts");
const { createWebhook } = await import("#lib/notifications/webhooks.ts");
const { toS3ControlError } = await import("#lib/s3-control/to-s3-control-error.ts");
const { accountId, roleArn, rowsOf, secret, startEngine } = await import("./testing/engine-harness.ts");

/** What must leave this process nowhere: of the installation, of stores, of people, of sessions. */
const secrets = new Map<string, string>([
  ["the installation's secret", secret],
  ["a connection's secret", "connSECRET/+=aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"],
  ["a role's secret", "roleSECRET/+=zY7wV4tS1qP8nM5kJ2hG9eD6bA3"],
  ["the password of the mail server", "mail+SECRET/pass=word&more"],
  ["a person's password", "correct horse battery SECRET"],
  ["a wrong password", "wrong horse battery SECRET"],
  ["a password in a webhook's URL", "hookSECRETpassword"],
]);
const of = (name: string): string => secrets.get(name) as string;

/** Each way in which a secret may be written down. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  encodeURIComponent(encodeURIComponent(text)),
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
  Buffer.from(text).toString("base64url"),
  Buffer.from(text).toString("hex"),
];

/** All that left it, but for what went to where the secret belongs, or was asked for. */
const left: [where: string, text: string][] = [];
const leave = (where: string, what: unknown) => left.push([where, typeof what === "string" ? what : JSON.stringify(what)]);
async function answerOf(where: string, work: Promise<unknown>): Promise<void> {
  try {
    leave(where, await work);
  } catch (error) {
    leave(`${where}: the refusal`, await errorResponse(error, "request").text());
    leave(`${where}: the refusal in XML`, String(toS3ControlError(error, undefined)?.message));
  }
}

const assumed: SandboxRole = { name: "jobs" };
let engine: Awaited<ReturnType<typeof startEngine>>;
/** A store that repeats what it was sent whenever it refuses, and passes everything else on to the sandbox. */
let echo: Server;
let url: string;
beforeAll(async () => {
  engine = await startEngine(undefined, { roles: [assumed] });
  echo = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const tags = request.method === "PUT" && request.url?.includes("tagging");
    noteSignature(request);
    if (tags || request.url?.startsWith("/echo") || request.headers["x-echo"] || request.url === "/hook" || request.headers.host?.startsWith("localhost")) {
      const said = `You sent ${JSON.stringify(request.headers)} to http://user:${encodeURIComponent(of("a wrong password"))}@${request.headers.host}${request.url}`;
      const text = said.replace(/[<&]/g, (one) => (one === "<" ? "&lt;" : "&amp;"));
      response.writeHead(403, { "content-type": "application/xml", "x-echo": "1" }).end(`<Error><Code>InvalidRequest</Code><Message>${text}</Message></Error>`);
      return;
    }
    const { hostname, port } = new URL(engine.sandbox.url);
    const onward = forward({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      const parts: Buffer[] = [];
      answer
        .on("data", (part: Buffer) => parts.push(part))
        .on("end", () => {
          const text = Buffer.concat(parts);
          noteSession(text.toString());
          response.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
        });
    });
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
});
afterAll(async () => {
  echo?.closeAllConnections();
  await new Promise((resolve) => echo?.close(resolve));
  await engine?.stop();
});

function noteSignature({ headers, url: path = "" }: IncomingMessage): void {
  const found = /Signature=([0-9a-f]{64})/.exec(`${headers.authorization} ${path}`)?.[1];
  if (found) secrets.set(`the signature of ${path}`, found);
}
function noteSession(text: string): void {
  for (const name of ["SecretAccessKey", "SessionToken"]) {
    const found = new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1];
    if (found) secrets.set(`${name} of a session ${found.slice(0, 4)}`, found);
  }
}

/** Every value of every row, of Longshore's own tables and the queue's; but for password hashes and sessions, which are better-auth's. */
async function database(): Promise<string[]> {
  const tables = await engine.db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
  const dumps = await Promise.all(
    tables.map(({ name }) =>
      engine.db.$queryRawUnsafe<{ row: string }[]>(`SELECT row_to_json(t)::text AS row FROM ${name} t`).then((rows) => rows.map(({ row }) => `${name} ${row}`)),
    ),
  );
  return dumps.flat();
}

it("no secret leaves the process: not in logs, answers, reports, the database, messages", async () => {
  const admin = engine.as("admin", "admin@example.com");
  const values = {
    name: "echo",
    endpoint: `http://localhost:${new URL(url).port}`,
    region: "us-east-1",
    addressing: "path",
    workBucket: "work",
    workPrefix: "",
  };
  const keys = { accessKeyId: "CONNKEY", secretAccessKey: of("a connection's secret") };
  const roleKeys = { accessKeyId: "ROLEKEYS", secretAccessKey: of("a role's secret") };

  // Connections and roles: made, listed, tried, refused, at a store that repeats what it is sent.
  await answerOf("a connection is tested", testConnection(admin, { ...values, ...keys }));
  await answerOf("a connection is made", createConnection(admin, { ...values, ...keys }));
  await answerOf("a connection is refused", createConnection(admin, { ...values, ...keys, endpoint: `http://u:${of("a wrong password")}@h`, workBucket: "?" }));
  await answerOf("connections", listConnections(admin));
  const { id } = await engine.db.connection.findFirstOrThrow({ where: { name: "echo" } });
  await answerOf("its buckets", listBuckets(admin, { connectionId: id }));
  const role = { arn: `arn:aws:iam::${accountId}:role/echo`, connectionId: id, ...roleKeys };
  await answerOf("a role is tested", testRole(admin, role));
  const assumeRole = { roleArn: "arn:aws:iam::000000000000:role/jobs", externalId: null, sessionSeconds: 3600, stsEndpoint: null };
  await answerOf("a role that is assumed is tested", testRole(admin, { ...role, assumeRole }));
  await answerOf("a role is made", createRole(admin, { ...role, assumeRole }));
  await answerOf("a role is made twice", createRole(admin, role));
  await answerOf(
    "a role is changed wrongly",
    updateRole(admin, (await engine.db.executionRole.findFirstOrThrow({ where: { arn: role.arn } })).id, {
      ...role,
      accessKeyId: "OTHER",
      secretAccessKey: "",
    }),
  );
  await answerOf("roles", listRoles(admin));

  // A job whose role is assumed, every task of which is refused by an echo.
  await engine.db.connection.update({ where: { name: "sandbox" }, data: { endpoint: url } });
  const { stsAccessKeyId: _, ...none } = { stsAccessKeyId: null };
  await engine.db.executionRole.update({
    where: { arn: roleArn },
    data: { ...none, accessKeyId: "", secretEncrypted: "", assumedRoleArn: assumeRole.roleArn, sessionSeconds: 3600 },
  });
  const jobId = await engine.create(rowsOf(await engine.objects(3)));
  const done = await engine.run(jobId);
  expect(done).toMatchObject({ status: "Complete", failedTasks: 3, errors: [{ code: "InvalidRequest" }] });
  leave("the job", done);
  const rows = await engine.rows(jobId);
  leave("its report, as it is shown", rows);
  // It did repeat what it was sent: else this shows nothing.
  expect(rows[0]?.message).toMatch(/You sent .*x-amz-security-token.*\[hidden\]/i);
  await answerOf("its samples", listJobSamples(engine.as("viewer"), jobId));
  for (const bucket of ["reports", "work"]) {
    const { Contents = [] } = await engine.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    for (const { Key } of Contents)
      leave(`s3://${bucket}/${Key}`, (await (await engine.s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString()) ?? "");
  }
  // And one that cannot be prepared, since the store refuses its role's keys with an echo.
  const stranger = await engine.create(rowsOf(["x"]), { RoleArn: role.arn });
  await engine.prepareNext();
  leave("a job that cannot be prepared", await engine.details(stranger));

  // People: a wrong password, a key of their own, mails and webhooks.
  const person = await createPerson(engine.db, { email: "p@example.com", name: "P", password: of("a person's password"), role: "admin" });
  const auth = createAuth({ db: engine.db, secret, secure: false });
  const headers = { "content-type": "application/json", host: "console.test", origin: "http://console.test" };
  for (const password of [of("a wrong password"), of("a person's password")]) {
    const body = JSON.stringify({ email: "p@example.com", password });
    leave("signing in", await (await auth.handler(new Request("http://console.test/api/auth/sign-in/email", { method: "POST", headers, body }))).text());
  }
  const own = { ...admin, caller: { ...admin.caller, userId: person.userId } };
  secrets.set("an access key's secret", (await createAccessKey(own, { name: "k" })).secretAccessKey);
  const mailer = createMailer(`smtp://mail:${encodeURIComponent(of("the password of the mail server"))}@127.0.0.1:${new URL(url).port}`, "l@example.com");
  await answerOf("a mail", sendTestMail(own, mailer));
  await answerOf(
    "a webhook with a password",
    createWebhook(own, { url: `https://user:${of("a password in a webhook's URL")}@hooks.example.com`, events: ["finished"] }),
  );
  const hook = await createWebhook(own, { url: `${url}/hook`, events: ["finished", "failed"] });
  secrets.set("a webhook's secret", hook.secret.slice("whsec_".length));
  await answerOf("a webhook is tried", testWebhook(own, hook.id));
  const http = createGuardedHttp();
  const tools = { db: engine.db, now: engine.ctx.now, webhooks: { http, secrets: [secret], allowedHosts: null }, mailer: null, consoleUrl: undefined };
  await engine.run(await engine.create(rowsOf(["object 0"])));
  while (await addressNext({ db: engine.db, now: engine.ctx.now, mail: false }));
  for (let sent = await deliverNext(tools); sent; sent = await deliverNext(tools)) leave("a delivery", sent);
  http.close();

  for (const row of await database()) left.push(["the database", row]);
  for (const line of logged) left.push(["the log", line]);
  expect(logged.length).toBeGreaterThan(0);
  expect([...secrets.keys()].join("\n")).toMatch(/SessionToken of a session/);
  const found = left.flatMap(([where, text]) =>
    [...secrets].flatMap(([name, value]) => (formsOf(value).some((form) => text.includes(form)) ? [`${name} in ${where}: ${text.slice(0, 300)}`] : [])),
  );
  expect(found).toEqual([]);
});
