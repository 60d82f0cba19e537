import { S3Error } from "../s3-error.ts";
import type { CorsRule } from "../store/attributes.ts";
import type { Store } from "../store/open-store.ts";
import type { Reply } from "./operation.ts";
import type { S3Request } from "./parse-request.ts";

/** One `*` stands for any text. */
function matches(pattern: string, text: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === text;
  const end = rest.join("*");
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

const wantedHeaders = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");

function find(rules: readonly CorsRule[], origin: string, method: string, headers: readonly string[]): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.origins.some((pattern) => matches(pattern, origin)) &&
      rule.methods.includes(method) &&
      headers.every((name) => rule.headers.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

function allowed(rule: CorsRule, origin: string): Record<string, string> {
  // A rule for all origins names none, and takes no cookies.
  const any = rule.origins.includes("*");
  return {
    "access-control-allow-origin": any ? "*" : origin,
    "access-control-allow-methods": rule.methods.join(", "),
    ...(!any && { "access-control-allow-credentials": "true" }),
    ...(rule.exposed.length > 0 && { "access-control-expose-headers": rule.exposed.join(", ") }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

const rulesOf = (store: Store, bucket: string): CorsRule[] => store.buckets.find(bucket)?.settings.cors ?? [];

/** A browser's question before it sends a request, which it asks unsigned. @throws S3Error AccessForbidden, BadRequest */
export function answerPreflight(store: Store, { bucket, headers }: S3Request): Reply {
  const [origin, method] = [headers.get("origin"), headers.get("access-control-request-method")];
  if (origin === undefined || method === undefined) throw new S3Error("BadRequest", "Insufficient information. Origin request header needed.");
  const wanted = wantedHeaders(headers.get("access-control-request-headers"));
  const rule = find(rulesOf(store, bucket), origin, method, wanted);
  if (!rule) throw new S3Error("AccessForbidden", "CORSResponse: This CORS request is not allowed.", { Method: method, ResourceType: "OBJECT" });
  return {
    status: 200,
    headers: {
      ...allowed(rule, origin),
      ...(wanted.length > 0 && { "access-control-allow-headers": wanted.join(", ") }),
      ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
    },
  };
}

/** What lets a browser read an answer, errors included. */
export function corsHeaders(store: Store, { bucket, method, headers }: S3Request): Record<string, string> {
  const origin = headers.get("origin");
  const rule = origin === undefined ? undefined : find(rulesOf(store, bucket), origin, method, []);
  return rule && origin !== undefined ? allowed(rule, origin) : {};
}
