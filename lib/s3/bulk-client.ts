import type { S3Client } from "@aws-sdk/client-s3";
import { createGuardedAgent } from "../net/guarded-agent.ts";
import { certificatesOf } from "./certificates.ts";
import { connectS3, type S3Target } from "./connect-s3.ts";

/** The SDK's request, with what the requests here use of it. */
interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query: Record<string, string | string[] | null>;
  method: "GET";
  headers: Record<string, string>;
}

/**
 * A client for GETs with large answers: its bodies come through undici, which takes half the CPU of Node's own HTTP client
 * for each byte.
 */
export function connectBulkS3(target: S3Target): S3Client {
  const s3 = connectS3(target);
  s3.config.requestHandler.destroy?.();
  s3.config.requestHandler = undiciHandler(target);
  return s3;
}

function undiciHandler(target: S3Target): S3Client["config"]["requestHandler"] {
  const agent = createGuardedAgent({ connectMs: 5_000, ...certificatesOf(target), headersTimeout: 60_000, bodyTimeout: 60_000 });
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request: SdkRequest, options?: { abortSignal?: unknown }) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(request.query)) for (const one of [value ?? ""].flat()) query.append(name, one);
      const port = request.port === undefined ? "" : `:${request.port}`;
      const search = query.size === 0 ? "" : `?${query.toString().replaceAll("+", "%20")}`;
      const { statusCode, headers, body } = await agent.request({
        origin: `${request.protocol}//${request.hostname}${port}`,
        path: `${request.path}${search}`,
        method: request.method,
        headers: request.headers,
        signal: options?.abortSignal as AbortSignal | undefined,
      });
      const named = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]);
      return { response: { statusCode, headers: Object.fromEntries(named), body } };
    },
    destroy: () => void agent.destroy(),
  };
}
