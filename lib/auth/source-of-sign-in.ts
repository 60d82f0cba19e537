import type { AuditSource } from "../audit/audit-source.ts";
import { clientHeader } from "./client-header.ts";
import { requestIdHeader } from "./request-id-header.ts";

/** Where a request that better-auth handles came from, as our own route has put it into the headers. */
export function sourceOfSignIn(headers: Headers | undefined): AuditSource {
  const header = (name: string) => headers?.get(name) ?? null;
  return { via: "console", ip: header(clientHeader), userAgent: header("user-agent"), accessKeyId: null, requestId: header(requestIdHeader) };
}
