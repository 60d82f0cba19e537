import { createHash, hash } from "node:crypto";
import type { TaskRequest } from "../operations/operation.ts";
import type { BucketAddress } from "./address.ts";
import { encodeComponent, encodeKey } from "./encode-key.ts";
import { createHmacSha256, type HmacSha256 } from "./hmac.ts";
import type { RoleSession } from "./role-session.ts";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** A request as it is sent: `headers` are whole lines, the host's and the body's length among them. */
export interface SignedRequest {
  path: string;
  headers: string;
}

/** A header's value that would be taken for something else on the wire. */
export class IllegalHeader extends Error {
  readonly code = "IllegalHeader";
}

/** All of a request that is the same for the tasks of a job in one bucket's host, worked out once. */
interface Shape {
  method: TaskRequest["method"];
  query: TaskRequest["query"];
  constantHeaders: TaskRequest["headers"];
  names: readonly string[] | undefined;
  body: string;
  /** Signed as a query, before and after where a versionId stands. */
  queryBefore: string;
  queryAfter: string;
  /** Lines as they are sent, but for the date, the authorization and the task's own. */
  sent: string;
  /** Those lines with the date of `second` and the authorization, up to the signature. */
  sentBefore: string;
  /** Lines of the canonical request after the query: texts, with the date and the task's own values between them. */
  lines: readonly (string | typeof date | number)[];
  /** Those lines with the date of `second` filled in, cut where the task's own values stand. */
  second: number;
  texts: string[];
  own: readonly number[];
  credential: string;
}

const date = Symbol("date");
const none: readonly string[] = [];

/**
 * SigV4 in headers, for one region of S3. What does not change from task to task is kept: the day's key, the second's
 * texts, and per host everything of the request but path, version and the task's own headers.
 * @param keys with a session: its present ones count
 */
export function createSigner(
  region: string,
  { session, ...keys }: Credentials & { session?: RoleSession | undefined },
): (request: TaskRequest, address: BucketAddress, nowMs: number) => SignedRequest {
  let credentials: Credentials = session?.keys ?? keys;
  let second = -1;
  let day = "";
  let stamp = "";
  let scope = "";
  let hmac: HmacSha256 | null = null;
  const shapes = new Map<string, Shape>();

  const takeKeys = (fresh: Credentials) => {
    credentials = fresh;
    second = -1;
    day = "";
    shapes.clear();
  };
  const turnClock = (nowMs: number) => {
    session?.keepFresh();
    second = Math.floor(nowMs / 1000);
    stamp = new Date(second * 1000).toISOString().replace(/[-:]|\.\d{3}/g, "");
    if (stamp.slice(0, 8) !== day) {
      day = stamp.slice(0, 8);
      scope = `${day}/${region}/s3/aws4_request`;
      const steps = [day, region, "s3", "aws4_request"];
      hmac = createHmacSha256(steps.reduce<string | Buffer>((key, step) => createHmacSha256(key).digest(step), `AWS4${credentials.secretAccessKey}`));
    }
    hmac?.begin(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n`);
  };

  return (request, address, nowMs) => {
    if (session !== undefined && session.keys !== credentials) takeKeys(session.keys);
    if (Math.floor(nowMs / 1000) !== second) turnClock(nowMs);
    let shape = shapes.get(address.host);
    if (!shape || !fits(shape, request)) {
      shape = shapeOf(request, address.host, credentials);
      // Hosts are buckets; a job has few, a hostile manifest many.
      if (shapes.size >= 1_000) shapes.clear();
      shapes.set(address.host, shape);
    }
    if (shape.second !== second) fillIn(shape, second, stamp, `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ${shape.credential}`);

    const path = address.prefix + encodeKey(request.key);
    const query =
      request.versionId === undefined
        ? joined(shape.queryBefore, shape.queryAfter)
        : joined(joined(shape.queryBefore, `versionId=${encodeComponent(request.versionId)}`), shape.queryAfter);
    const values = request.taskHeaders?.values ?? none;
    let canonical = `${request.method}\n${path}\n${query}\n${shape.texts[0]}`;
    for (let hole = 0; hole < shape.own.length; hole += 1) {
      canonical += canonicalValue(values[shape.own[hole] as number] as string) + shape.texts[hole + 1];
    }
    let headers = `${shape.sentBefore}${(hmac as HmacSha256).end(hash("sha256", canonical, "hex"))}\r\n`;
    for (let own = 0; own < values.length; own += 1) headers += `${(shape.names as readonly string[])[own]}: ${legal(values[own] as string)}\r\n`;
    return { path: query === "" ? path : `${path}?${query}`, headers };
  };
}

const joined = (left: string, right: string): string => (left === "" ? right : right === "" ? left : `${left}&${right}`);

const illegal = /[^\t\x20-\x7e\x80-\xff]/;

function legal(value: string): string {
  if (illegal.test(value)) throw new IllegalHeader("a header's value has characters that HTTP cannot carry");
  return value;
}

const canonicalValue = (value: string): string => (value.includes(" ") ? value.trim().replace(/ +/g, " ") : value);

const fits = (shape: Shape, request: TaskRequest): boolean =>
  shape.constantHeaders === request.headers &&
  shape.query === request.query &&
  shape.body === request.body &&
  shape.method === request.method &&
  shape.names === request.taskHeaders?.names;

function shapeOf({ method, query, headers, taskHeaders, body }: TaskRequest, host: string, { sessionToken }: Credentials): Shape {
  const pairs = Object.entries(query)
    .map(([name, value]) => [encodeComponent(name), encodeComponent(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const join = (some: typeof pairs) => some.map(([name, value]) => `${name}=${value}`).join("&");
  // Whoever sends a body of its own says so, and how long it is.
  const bodyHash = headers["x-amz-content-sha256"] ?? hash("sha256", body, "hex");

  const constant: Record<string, string> = { ...headers, "x-amz-content-sha256": bodyHash };
  if (body !== "") constant["content-md5"] = createHash("md5").update(body).digest("base64");
  if (sessionToken !== undefined) constant["x-amz-security-token"] = sessionToken;
  const names = taskHeaders?.names;
  const hasLength = "content-length" in headers;
  const length =
    hasLength || (body === "" && (method === "GET" || method === "HEAD" || method === "DELETE")) ? "" : `content-length: ${Buffer.byteLength(body)}\r\n`;
  const sent = `host: ${host}\r\n${length}${Object.entries(constant)
    .map(([name, value]) => `${name}: ${legal(value)}\r\n`)
    .join("")}`;

  const signed = [...Object.keys(constant), ...(names ?? []), "x-amz-date", "host"].sort();
  const lines = signed.flatMap((name): Shape["lines"] => {
    const own = names?.indexOf(name) ?? -1;
    const value = name === "x-amz-date" ? date : own >= 0 ? own : canonicalValue(name === "host" ? host : (constant[name] as string));
    return [`${name}:`, value, "\n"];
  });
  const signedHeaders = signed.join(";");
  return {
    method,
    query,
    constantHeaders: headers,
    names,
    body,
    queryBefore: join(pairs.filter(([name]) => name < "versionId")),
    queryAfter: join(pairs.filter(([name]) => name > "versionId")),
    sent,
    sentBefore: "",
    lines: [...lines, `\n${signedHeaders}\n${bodyHash}`],
    second: -1,
    texts: [],
    own: [],
    credential: `SignedHeaders=${signedHeaders}, Signature=`,
  };
}

function fillIn(shape: Shape, second: number, stamp: string, authorization: string): void {
  const texts = [""];
  const own: number[] = [];
  for (const line of shape.lines) {
    if (typeof line === "number") {
      own.push(line);
      texts.push("");
    } else texts[texts.length - 1] += line === date ? stamp : line;
  }
  shape.texts = texts;
  shape.own = own;
  shape.second = second;
  shape.sentBefore = `${shape.sent}x-amz-date: ${stamp}\r\nauthorization: ${authorization}`;
}
