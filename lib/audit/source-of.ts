import { clientAddress } from "../http/client-address.ts";
import type { AuditSource, AuditVia } from "./audit-source.ts";

/** Where a request came from. */
export const sourceOf = (
  headers: Headers,
  { via, requestId, accessKeyId = null, proxies }: { via: AuditVia; requestId: string; accessKeyId?: string | null; proxies: readonly string[] | undefined },
): AuditSource => ({ via, ip: clientAddress(headers, proxies), userAgent: headers.get("user-agent"), accessKeyId, requestId });
