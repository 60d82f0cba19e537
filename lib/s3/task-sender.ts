import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import type { TaskRequest } from "../operations/operation.ts";
import { classifyNoAnswer, classifyResponse, type Verdict } from "./classify-response.ts";
import type { S3Target } from "./connect-s3.ts";
import { encodeKey } from "./encode-key.ts";
import { givesUp, retryDelay } from "./retry.ts";
import { canonicalQuery, createSigner } from "./sign.ts";

export type Outcome = Exclude<Verdict, { kind: "retry" }>;

export interface TaskSender {
  /**
   * Sends one task's request, again and again where S3 says so. Never throws.
   * @param signal ends the waiting between two tries: the last answer is then the task's failure
   */
  send(request: TaskRequest, signal: AbortSignal): Promise<Outcome>;
  close(): Promise<void>;
}

/** Answers to tasks are short; a larger one is not S3's. */
const maxAnswerBytes = 1024 * 1024;

/** @param connections open sockets at the most; more tasks than that wait their turn */
export function createTaskSender(target: S3Target, connections: number): TaskSender {
  const endpoint = new URL(target.endpoint);
  const basePath = endpoint.pathname.replace(/\/$/, "");
  const agent = new Agent({ connections, pipelining: 1, connect: { timeout: 5_000 }, headersTimeout: 60_000, bodyTimeout: 60_000, maxResponseSize: maxAnswerBytes });
  const sign = createSigner(target.region, target);
  let lastAnswerAt = 0;
  let hashedBody = "";
  let bodyMd5 = "";

  const address = (bucket: string, key: string) =>
    target.addressing === "virtual"
      ? { host: `${bucket}.${endpoint.host}`, path: `${basePath}/${encodeKey(key)}` }
      : { host: endpoint.host, path: `${basePath}/${bucket}/${encodeKey(key)}` };

  async function sendOnce(request: TaskRequest): Promise<Verdict> {
    const { host, path } = address(request.bucket, request.key);
    const unsigned: Record<string, string> = { ...request.headers, host };
    if (request.body !== "") {
      if (request.body !== hashedBody) {
        hashedBody = request.body;
        bodyMd5 = createHash("md5").update(request.body).digest("base64");
      }
      unsigned["content-md5"] = bodyMd5;
    }
    const query = canonicalQuery(request.query);
    const headers = sign({ method: request.method, path, query: request.query, headers: unsigned, body: request.body }, new Date());
    try {
      const response = await agent.request({
        origin: `${endpoint.protocol}//${host}`,
        path: query === "" ? path : `${path}?${query}`,
        method: request.method,
        headers,
        body: request.body === "" ? null : request.body,
      });
      const body = await response.body.text();
      lastAnswerAt = Date.now();
      return classifyResponse(response.statusCode, body);
    } catch (error) {
      return classifyNoAnswer(error);
    }
  }

  return {
    async send(request, signal) {
      const firstSentAt = Date.now();
      for (let attempt = 1; ; attempt += 1) {
        const verdict = await sendOnce(request);
        if (verdict.kind !== "retry") return verdict;
        if (givesUp(attempt, verdict.httpStatus, lastAnswerAt, firstSentAt)) return { ...verdict, kind: "failed" };
        await sleep(retryDelay(attempt, Math.random()), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return { ...verdict, kind: "failed" };
      }
    },
    close: () => agent.close(),
  };
}
