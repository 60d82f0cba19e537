import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import type { TaskRequest } from "../operations/operation.ts";
import { addressOf } from "./address.ts";
import { classifyNoAnswer, classifyResponse, type Verdict } from "./classify-response.ts";
import type { S3Target } from "./connect-s3.ts";
import { countsAsAttempt, maxAttempts, retryDelay } from "./retry.ts";
import { canonicalQuery, createSigner } from "./sign.ts";

/** `cutShort`: more tries were due when the signal ended them. */
export type Outcome = Exclude<Verdict, { kind: "retry" }> & { cutShort?: true };

export interface TaskSender {
  /**
   * Sends one task's request, again and again where S3 says so. Never throws.
   * @param signal ends the waiting between two tries: the last answer is then the task's failure
   */
  send(request: TaskRequest, signal: AbortSignal): Promise<Outcome>;
  /** Why nobody answers at the moment; null while somebody does. */
  away(): string | null;
  close(): Promise<void>;
}

/** Answers to tasks are short; a larger one is not S3's. */
const maxAnswerBytes = 1024 * 1024;

/** @param connections open sockets at the most; more tasks than that wait their turn */
export function createTaskSender(target: S3Target, connections: number): TaskSender {
  const agent = new Agent({
    connections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: 5_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    maxResponseSize: maxAnswerBytes,
  });
  const sign = createSigner(target.region, target);
  let lastAnswerAt = 0;
  let away: string | null = null;
  let hashedBody = "";
  let bodyMd5 = "";

  async function sendOnce(request: TaskRequest): Promise<Verdict> {
    try {
      const { origin, host, path } = addressOf(target, request.bucket, request.key);
      const unsigned: Record<string, string> = { ...request.headers, host };
      if (request.body !== "") {
        if (request.body !== hashedBody) {
          hashedBody = request.body;
          bodyMd5 = createHash("md5").update(request.body).digest("base64");
        }
        unsigned["content-md5"] = bodyMd5;
      }
      const query = canonicalQuery(request.query);
      const response = await agent.request({
        origin,
        path: query === "" ? path : `${path}?${query}`,
        method: request.method,
        headers: sign({ method: request.method, path, query: request.query, headers: unsigned, body: request.body }, new Date()),
        body: request.body === "" ? null : request.body,
      });
      return classifyResponse(response.statusCode, await response.body.text());
    } catch (error) {
      return classifyNoAnswer(error);
    }
  }

  return {
    async send(request, signal) {
      let counted = 0;
      for (let sent = 1; ; sent += 1) {
        const sentAt = Date.now();
        const verdict = await sendOnce(request);
        if (verdict.kind !== "retry" || !verdict.away) {
          lastAnswerAt = Date.now();
          away = null;
        }
        if (verdict.kind !== "retry") return verdict;
        const { httpStatus, code, message } = verdict;
        if (verdict.away && lastAnswerAt < sentAt) away = `${code}: ${message}`;
        if (countsAsAttempt(verdict.away, lastAnswerAt, sentAt)) counted += 1;
        if (counted === maxAttempts) return { kind: "failed", httpStatus, code, message };
        await sleep(retryDelay(sent, Math.random()), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return { kind: "failed", httpStatus, code, message, cutShort: true };
      }
    },
    away: () => away,
    close: () => agent.close(),
  };
}
