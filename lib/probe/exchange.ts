import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors.ts";
import { createGuardedAgent } from "../net/guarded-agent.ts";
import type { TaskRequest } from "../operations/operation.ts";
import { addressOf } from "../s3/address.ts";
import { certificatesOf } from "../s3/certificates.ts";
import type { S3Target } from "../s3/connect-s3.ts";
import { createSigner } from "../s3/sign.ts";

/** A request as a task sends it: signed by the same signer, with nothing mended on the way. */
export interface ProbeRequest {
  method: TaskRequest["method"];
  /** Empty: the bucket itself. */
  key: string;
  versionId?: string | undefined;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
  /** How much of the answer's body is read; the rest is never received. */
  maxBytes?: number;
}

export interface ProbeAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Nothing that is HTTP came back, however often it was asked. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

export interface Exchange {
  /** @throws NoAnswer; the signal's reason */
  send(request: ProbeRequest): Promise<ProbeAnswer>;
  /** Its signal has ended it. */
  over(): boolean;
  close(): void;
}

const requestLimitMs = 20_000;
const answerLimit = 256 * 1024;
const passing = new Set([429, 500, 502, 503, 504]);

/** @param pausesMs before each further try of a request that the store was too busy for */
export function createExchange(target: S3Target, bucket: string, signal: AbortSignal, pausesMs: readonly number[] = [250, 1_000]): Exchange {
  const sign = createSigner(target.region, target);
  const address = addressOf(target, bucket);
  const agent = createGuardedAgent({ connectMs: 5_000, ...certificatesOf(target), connections: 2 });

  const once = async ({ method, key, versionId, query = {}, headers = {}, body = "", maxBytes = answerLimit }: ProbeRequest): Promise<ProbeAnswer> => {
    const signed = sign({ method, bucket, key, versionId, query, headers, body }, address, Date.now());
    const lines = signed.headers.split("\r\n").filter((line) => line !== "");
    const answer = await agent.request({
      origin: address.origin,
      path: signed.path,
      method,
      headers: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)])),
      body: body === "" ? null : body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestLimitMs)]),
    });
    const named = Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]);
    return { status: answer.statusCode, headers: Object.fromEntries(named), body: await readUpTo(answer.body, maxBytes) };
  };

  return {
    async send(request) {
      for (let attempt = 0; ; attempt += 1) {
        signal.throwIfAborted();
        const pause = pausesMs[attempt];
        try {
          const answer = await once(request);
          if (pause === undefined || !passing.has(answer.status)) return answer;
        } catch (error) {
          signal.throwIfAborted();
          if (pause === undefined) throw new NoAnswer(messageOf(error), { cause: error });
        }
        await sleep(pause, undefined, { signal });
      }
    },
    over: () => signal.aborted,
    close: () => void agent.destroy(),
  };
}

async function readUpTo(body: AsyncIterable<Buffer> & { destroy(): unknown }, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) break;
  }
  body.destroy();
  return Buffer.concat(chunks).subarray(0, maxBytes).toString();
}
