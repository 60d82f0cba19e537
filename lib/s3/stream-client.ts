import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { createGuardedAgent } from "../net/guarded-agent.ts";
import type { TaskRequest } from "../operations/operation.ts";
import { StepFailure, StepRetry } from "../operations/operation.ts";
import { addressOf } from "./address.ts";
import { certificatesOf } from "./certificates.ts";
import { classifyNoAnswer, classifyResponse, type Verdict } from "./classify-response.ts";
import type { S3Target } from "./connect-s3.ts";
import { saysKeysEnded } from "./role-session.ts";
import { type Credentials, createSigner } from "./sign.ts";

/** Requests whose bodies are too large to be held, either way. */
export interface StreamClient {
  /** @throws StepFailure, StepRetry unless the store begins to give a body */
  get(request: TaskRequest, signal: AbortSignal): Promise<{ httpStatus: number; headers: Headers; body: Readable }>;
  /** @param body of as many bytes as `length` says @throws StepFailure, StepRetry, or what `body` throws */
  put(
    request: TaskRequest,
    body: AsyncIterable<Uint8Array>,
    length: number,
    signal: AbortSignal,
  ): Promise<{ httpStatus: number; headers: Headers; body: string }>;
  close(): void;
}
type Headers = Record<string, string | string[] | undefined>;

const limits = { headersTimeout: 120_000, bodyTimeout: 60_000 };
const maxErrorBytes = 64 * 1024;

/** @param source whether it is the job's own store, for whoever is told of its trouble */
export function createStreamClient(target: S3Target, source: boolean): StreamClient {
  const agent = createGuardedAgent({ ...limits, connectMs: 5_000, ...certificatesOf(target) });
  const { session } = target;
  const sign = createSigner(target.region, target);
  const call = async (request: TaskRequest, body: Readable | null, signal: AbortSignal): Promise<Dispatcher.ResponseData> => {
    const address = addressOf(target, request.bucket);
    const { path, headers } = sign(request, address, Date.now());
    return agent.request({ origin: address.origin, path, method: request.method, headers: parseLines(headers), body, signal });
  };
  /** @param used the keys that it was signed with */
  const refusal = async (httpStatus: number, text: string, used: Credentials | undefined): Promise<StepFailure | StepRetry> => {
    const verdict = classifyResponse(httpStatus, text);
    // What flows cannot be sent again from here: whoever asked for it asks again.
    if (verdict.kind === "failed" && session && used && saysKeysEnded(verdict.code)) {
      const fresh = await session.renew(used).catch(() => null);
      if (fresh !== used) return new StepRetry({ ...verdict, away: false }, source);
    }
    return troubleOf(verdict, source);
  };

  return {
    async get(request, signal) {
      const used = session?.keys;
      const { statusCode, headers, body } = await call(request, null, signal).catch((error: unknown) => {
        throw noAnswer(error, source);
      });
      if (statusCode === 200 || statusCode === 206) return { httpStatus: statusCode, headers, body };
      throw await refusal(statusCode, await readText(body), used);
    },
    async put(request, body, length, signal) {
      const headers = { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "content-length": `${length}` };
      const used = session?.keys;
      let broken: { error: unknown } | null = null;
      const watched = (async function* () {
        try {
          yield* body;
        } catch (error) {
          broken = { error };
          throw error;
        }
      })();
      try {
        const answer = await call({ ...request, headers }, Readable.from(watched, { objectMode: false }), signal);
        const text = await readText(answer.body);
        const verdict = classifyResponse(answer.statusCode, text);
        if (verdict.kind !== "succeeded") throw await refusal(answer.statusCode, text, used);
        return { httpStatus: answer.statusCode, headers: answer.headers, body: text };
      } catch (error) {
        if (broken !== null) throw (broken as { error: unknown }).error;
        throw isTrouble(error) ? error : noAnswer(error, source);
      }
    },
    close: () => void agent.destroy(),
  };
}

/** Trouble of a request, or of a body, that did not come to its end. */
export const noAnswer = (error: unknown, source: boolean): StepFailure | StepRetry => troubleOf(classifyNoAnswer(error), source);

export const isTrouble = (error: unknown): error is StepFailure | StepRetry => error instanceof StepFailure || error instanceof StepRetry;

function troubleOf(verdict: Verdict, source: boolean): StepFailure | StepRetry {
  if (verdict.kind === "retry") return new StepRetry(verdict, source);
  if (verdict.kind === "failed") return new StepFailure(verdict);
  const { httpStatus } = verdict;
  return new StepFailure({ kind: "failed", httpStatus, code: "UnexpectedResponse", message: `The endpoint answered ${httpStatus} where a body was asked for` });
}

/** Whole lines as the signer gives them; undici sets the length by itself once it is told. */
const parseLines = (lines: string): Record<string, string> =>
  Object.fromEntries(
    lines
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );

async function readText(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += (piece as Buffer).length;
    if (size > maxErrorBytes) break;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString();
}
