import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a function is sent, as it arrived. */
export interface Received {
  request: IncomingMessage;
  body: string;
  payload: {
    invocationSchemaVersion: string;
    invocationId: string;
    job: { id: string; userArguments?: Record<string, string> };
    tasks: { taskId: string; s3Key: string; s3VersionId: string | null; s3Bucket?: string; s3BucketArn?: string }[];
  };
}

export interface Receiver {
  url: string;
  /** POSTs, in the order in which they arrived. */
  received: Received[];
  /** What it says to anything but a POST. */
  otherwise: number;
  close(): Promise<void>;
}

/** An HTTP server that hands what is POSTed to `answer`, with how many have come before. */
export async function startReceiver(answer: (received: Received, response: ServerResponse, before: number) => void): Promise<Receiver> {
  const received: Received[] = [];
  let otherwise = 405;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (request.method !== "POST") {
        response.writeHead(otherwise).end();
        return;
      }
      const body = Buffer.concat(parts).toString();
      const one = { request, body, payload: JSON.parse(body) };
      received.push(one);
      answer(one, response, received.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get otherwise() {
      return otherwise;
    },
    set otherwise(status) {
      otherwise = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Result = { resultCode: string; resultString?: string };

/** Answers as a function should. @param resultOf a task's result, by its decoded key; undefined leaves the task out */
export function answerWith(response: ServerResponse, { payload }: Received, resultOf: (key: string) => Result | undefined, more: object = {}): void {
  const results = payload.tasks.flatMap(({ taskId, s3Key }) => {
    const result = resultOf(decodeURIComponent(s3Key));
    return result ? [{ taskId, ...result }] : [];
  });
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ invocationSchemaVersion: payload.invocationSchemaVersion, invocationId: payload.invocationId, results, ...more }));
}

export const succeeded = (key: string): Result => ({ resultCode: "Succeeded", resultString: key });

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const strictly = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether a request is signed by SigV4 for Lambda, over what arrived. @returns the scope's region, or what is wrong */
export function lambdaSigner({ request, body }: Received, secretAccessKey: string): { accessKeyId: string; region: string } | string {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/lambda\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  if (!match) return `no signature for Lambda: ${request.headers.authorization}`;
  const [, accessKeyId = "", date = "", region = "", names = "", signature] = match;
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  // All services but S3 encode the path once more.
  const path = (request.url ?? "").split("/").map(strictly).join("/");
  const canonical = [request.method, path, "", headers.join(""), names, hex(body)].join("\n");
  const scope = `${date}/${region}/lambda/aws4_request`;
  const key = ["lambda", "aws4_request"].reduce((from, text) => hmac(from, text), hmac(hmac(`AWS4${secretAccessKey}`, date), region));
  const expected = hmac(key, ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hex(canonical)].join("\n")).toString("hex");
  return expected === signature ? { accessKeyId, region } : "another signature";
}
