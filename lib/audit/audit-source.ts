/** By what way somebody did something; what Longshore does by itself comes by none of them. */
export type AuditVia = "console" | "S3 Control" | "command line" | "Longshore";

/** Where a request came from. */
export interface AuditSource {
  via: AuditVia;
  /** Of the client, as far as that is known for sure: see lib/http/client-address.ts */
  ip: string | null;
  userAgent: string | null;
  /** What signed the request, where a key did. */
  accessKeyId: string | null;
  /** As the request's answer and the log have it. */
  requestId: string | null;
}

/** A person at the machine's own command line. */
export const commandLine: AuditSource = { via: "command line", ip: null, userAgent: null, accessKeyId: null, requestId: null };
