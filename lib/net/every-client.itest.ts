import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

/** What names mean here: each is asked for anew at each connection, as of a name server that lies. */
const names = vi.hoisted(() => ({ answers: [] as string[] }));
vi.mock("node:dns", async (original) => {
  const dns = await original<typeof import("node:dns")>();
  const lookup = (_name: string, _options: object, callback: (error: null, found: object[]) => void) => {
    const address = names.answers.length > 1 ? (names.answers.shift() as string) : (names.answers[0] as string);
    callback(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
  };
  return { ...dns, default: { ...dns, lookup }, lookup };
});

const { createGuardedHttp } = await import("../functions/guarded-http.ts");
const { connectLambda } = await import("../functions/connect-lambda.ts");
const { probeEndpoint } = await import("../connections/probe-endpoint.ts");
const { createExchange } = await import("../probe/exchange.ts");
const { createAdmission } = await import("../s3/admission.ts");
const { connectBulkS3 } = await import("../s3/bulk-client.ts");
const { createCap } = await import("../s3/cap.ts");
const { connectS3 } = await import("../s3/connect-s3.ts");
const { createStreamClient } = await import("../s3/stream-client.ts");
const { createTaskSender } = await import("../s3/task-sender.ts");
const { assumeRole } = await import("../sts/assume-role.ts");

let server: Server;
let port: number;
/** Paths that were asked for. */
let asked: string[] = [];
let answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string };
const fine = () => ({ status: 200, body: "" });
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    request.resume();
    const { status, headers = {}, body = "" } = answer(request.url ?? "");
    // Each request needs a connection of its own, and a lookup.
    response.writeHead(status, { connection: "close", ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  asked = [];
  answer = fine;
  names.answers = ["127.0.0.1"];
});
afterEach(() => vi.unstubAllEnvs());

const targetAt = (endpoint: string) => ({ endpoint, region: "us-east-1", addressing: "path" as const, accessKeyId: "A", secretAccessKey: "S" });
const get = { method: "GET" as const, bucket: "b", key: "k", query: {}, headers: {}, body: "" };

/** Everything here that goes somewhere because a person named the place. Each throws, or resolves to what it was told. */
const clients: Record<string, (endpoint: string) => Promise<unknown>> = {
  "the tasks' own path": (endpoint) => {
    const admission = createAdmission();
    const sender = createTaskSender(targetAt(endpoint), { endpoint: admission.endpoint("e"), jobCap: createCap() }, admission);
    return new Promise((resolve, reject) => {
      sender.send(get, { cutShort: false }, (outcome) => {
        sender.close();
        if (outcome.kind === "failed") reject(Object.assign(new Error(outcome.message), outcome));
        else resolve(outcome);
      });
    });
  },
  "the SDK's client": async (endpoint) => {
    const s3 = connectS3(targetAt(endpoint));
    return s3.send(new GetObjectCommand({ Bucket: "b", Key: "k" })).finally(() => s3.destroy());
  },
  "the client of large lists": async (endpoint) => {
    const s3 = connectBulkS3(targetAt(endpoint));
    return s3.send(new GetObjectCommand({ Bucket: "b", Key: "k" })).finally(() => s3.destroy());
  },
  "the client of streams": async (endpoint) => {
    const client = createStreamClient(targetAt(endpoint), true);
    try {
      const { body } = await client.get(get, AbortSignal.timeout(10_000));
      body.on("error", () => undefined).destroy();
    } catch (error) {
      throw Object.assign(new Error((error as Error).message), (error as { outcome?: object }).outcome);
    } finally {
      client.close();
    }
  },
  "a probe": async (endpoint) => {
    const exchange = createExchange(targetAt(endpoint), "b", AbortSignal.timeout(10_000), []);
    return exchange
      .send({ method: "GET", key: "k" })
      .then(({ status }) => {
        if (status >= 300) throw new Error(`${status}`);
      })
      .catch((error: Error) => {
        throw (error.cause as Error | undefined) ?? error;
      })
      .finally(exchange.close);
  },
  "a connection's test": async (endpoint) => {
    const [finding] = await probeEndpoint({ endpoint, caCertificate: null });
    if (finding?.ok === "error") throw Object.assign(new Error(finding.message), { code: "ForbiddenAddress" });
  },
  webhooks: async (endpoint) => {
    const http = createGuardedHttp();
    const { httpStatus } = await http
      .send({ url: `${endpoint}/hook`, method: "POST", headers: {}, body: "{}", timeoutMs: 5_000, maxBytes: 1_000 })
      .finally(() => http.close());
    if (httpStatus >= 300) throw new Error(`${httpStatus}`);
  },
  Lambda: async (endpoint) => {
    const http = createGuardedHttp();
    const { InvokeCommand } = await import("@aws-sdk/client-lambda");
    const client = await connectLambda(targetAt(endpoint), endpoint, "us-east-1", http);
    return client.send(new InvokeCommand({ FunctionName: "f", Payload: Buffer.from("{}") })).finally(() => http.close());
  },
  STS: async (endpoint) => {
    const http = createGuardedHttp();
    const role = { roleArn: "arn:aws:iam::1:role/r", externalId: null, sessionSeconds: 900, sessionName: "test" };
    return assumeRole(http, { endpoint, region: "us-east-1", credentials: targetAt(endpoint), ...role }, Date.now).finally(() => http.close());
  },
};
const credentials = `<R><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></R>`;
const happy = (name: string) => () => ({ status: 200, body: name === "STS" ? credentials : "" });

describe.each(Object.entries(clients))("%s", (name, go) => {
  test("goes where it is told to", async () => {
    answer = happy(name);
    await go(`http://store.test:${port}`);
    expect(asked).toHaveLength(1);
  });

  test("does not go to an address that is forbidden, nor to a name for it", async () => {
    for (const endpoint of [
      "http://169.254.169.254",
      "http://2852039166",
      `http://[::ffff:a9fe:a9fe]:${port}`,
      `http://0.0.0.0:${port}`,
      "http://store.test",
    ]) {
      names.answers = ["169.254.169.254"];
      await expect(go(endpoint), endpoint).rejects.toMatchObject({ code: "ForbiddenAddress" });
    }
    expect(asked).toHaveLength(0);
  });

  test("does not go there when a name means something else the next time", async () => {
    answer = happy(name);
    names.answers = ["127.0.0.1", "169.254.169.254"];
    await go(`http://store.test:${port}`);
    await expect(go(`http://store.test:${port}`)).rejects.toMatchObject({ code: "ForbiddenAddress" });
    expect(asked).toHaveLength(1);
  });

  test("goes there when the operator allows it", async () => {
    answer = happy(name);
    await expect(go(`http://0.0.0.0:${port}`)).rejects.toThrow();
    expect(asked).toHaveLength(0);
    vi.stubEnv("LONGSHORE_ALLOWED_ADDRESSES", "0.0.0.0");
    await go(`http://0.0.0.0:${port}`);
    expect(asked).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])("follows no redirect (%s)", async (status) => {
    answer = (path) => (path.startsWith("/elsewhere") ? happy(name)() : { status, headers: { location: `http://store.test:${port}/elsewhere` } });
    await go(`http://store.test:${port}`).catch(() => undefined);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.startsWith("/elsewhere"))).toEqual([]);
  });
});
