import { createGuardedAgent } from "../net/guarded-agent.ts";
import { ForbiddenAddress } from "../net/guarded-lookup.ts";

export interface GuardedRequest {
  url: string;
  method: "POST" | "HEAD";
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** For the whole of it, from the connection to the answer's last byte. */
  timeoutMs: number;
  /** Of the answer's body. */
  maxBytes: number;
}

export interface GuardedAnswer {
  httpStatus: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

/** HTTP to whoever a person named: it may lie, and lead to where nobody should come from here. */
export interface GuardedHttp {
  /**
   * Redirects are answers, and not followed.
   * @throws GuardedHttpError, or the connection's own error with its code
   */
  send(request: GuardedRequest): Promise<GuardedAnswer>;
  close(): void;
}

export class GuardedHttpError extends Error {
  override name = "GuardedHttpError";
  readonly code: "ForbiddenAddress" | "InvocationTimeout" | "ResponseTooLarge";
  constructor(code: GuardedHttpError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

const connectMs = 5_000;

/** @param ca PEM certificates to trust; the system's own where there are none */
export function createGuardedHttp(ca?: string[]): GuardedHttp {
  const agent = createGuardedAgent({ connectMs, ca, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async send({ url, method, headers, body, timeoutMs, maxBytes }) {
      const { origin, pathname, search } = new URL(url);
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await agent.request({ origin, path: `${pathname}${search}`, method, headers, body: body ?? null, signal: limit });
        return { httpStatus: answer.statusCode, headers: joined(answer.headers), body: await readBody(answer.body, maxBytes) };
      } catch (error) {
        if (error instanceof ForbiddenAddress) throw new GuardedHttpError("ForbiddenAddress", error.message);
        if (limit.aborted) throw new GuardedHttpError("InvocationTimeout", `No whole answer within ${timeoutMs / 1000} seconds`);
        throw error;
      }
    },
    close: () => void agent.destroy(),
  };
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) throw new GuardedHttpError("ResponseTooLarge", `The answer has more than ${maxBytes.toLocaleString("en")} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const joined = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]));
