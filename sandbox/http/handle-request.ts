import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { authorize, type SandboxUser } from "../auth/authorize.ts";
import { sha256Hex } from "../auth/signing-key.ts";
import { verifySignature } from "../auth/verify-signature.ts";
import { openPayload } from "../body/open-payload.ts";
import type { Faults } from "../faults.ts";
import { S3Error } from "../s3-error.ts";
import type { Store } from "../store/open-store.ts";
import { isTokenRequest, readForm, type TokenService, tokenErrorDocument, tokenOperation } from "../sts/token-service.ts";
import { errorDocument } from "../xml/write-xml.ts";
import { answerPreflight, corsHeaders } from "./cors.ts";
import type { Call, Reply, ServerSettings } from "./operation.ts";
import { parseRequest, type S3Request, wireRequest } from "./parse-request.ts";
import { route } from "./route.ts";

export interface Service {
  store: Store;
  faults: Faults;
  region: string;
  owner: { id: string; name: string };
  findUser: (accessKeyId: string) => SandboxUser | undefined;
  /** The time that objects, locks and restores go by. Signatures go by the machine's own, as clients do. */
  now: () => number;
  settings: ServerSettings;
  tokens: TokenService;
}

/** Other than a reply: what a fault has instead of one. */
type Answer = Reply | "drop" | "hang" | "garbage";

const portalPage: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<!DOCTYPE html><html><body>Please sign in to the network</body></html>\n",
};

function checkOwners({ headers }: S3Request, ownerId: string): void {
  for (const name of ["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"]) {
    const expected = headers.get(name);
    if (expected !== undefined && expected !== ownerId) throw new S3Error("AccessDenied");
  }
}

async function answer(service: Service, message: IncomingMessage): Promise<Answer> {
  const wire = wireRequest(message);
  const request = parseRequest(wire);
  if (wire.method === "OPTIONS") return answerPreflight(service.store, request);
  const form = isTokenRequest(message) ? await readForm(message) : undefined;
  const expected = form && { service: "sts", bodyHash: sha256Hex(form) };
  const { user, payload, chain } = verifySignature(wire, service.findUser, Date.now(), expected);
  service.tokens.sessions.check(user, request.headers.get("x-amz-security-token") ?? request.query.get("X-Amz-Security-Token"), service.now());
  const operation = form ? tokenOperation(service.tokens, form) : route(request);
  const struck = service.faults.any ? await service.faults.strike({ ...request, operation: operation.name }) : undefined;
  if (struck && struck.work !== "do") return struck.work === "html" ? portalPage : struck.work;
  const { store, region, owner, settings } = service;
  const call: Call = {
    ...request,
    store,
    user,
    owner,
    region,
    now: service.now(),
    settings,
    payload: (options) => openPayload(message, request.headers, payload, chain, options),
  };
  checkOwners(request, owner.id);
  authorize(user, operation.permissions(call));
  if (!struck || struck.reply === "send") return operation.run(call);
  try {
    await operation.run(call);
  } catch (error) {
    // A refusal is an answer too.
    if (!(error instanceof S3Error)) throw error;
  }
  struck.onLost?.();
  return struck.reply;
}

function errorReply(error: unknown, message: IncomingMessage, requestId: string): Reply {
  const known = error instanceof S3Error ? error : new S3Error("InternalError");
  // An unknown error is a fault of the sandbox itself, and is for whoever runs it to see.
  if (known !== error) console.error(`sandbox: ${message.method} ${message.url} failed`, error);
  if (isTokenRequest(message)) return { status: known.status, headers: { "content-type": "text/xml" }, body: tokenErrorDocument(known, requestId) };
  const resource = (message.url ?? "/").split("?")[0] as string;
  const body = errorDocument({
    Code: known.code,
    Message: known.message,
    ...known.details,
    Resource: resource,
    RequestId: requestId,
    HostId: "longshore-sandbox",
  });
  return { status: known.status, headers: { "content-type": "application/xml", ...known.headers }, body };
}

/** Only browsers name their origin. */
function withCors({ store }: Service, message: IncomingMessage, reply: Reply): Reply {
  if (message.headers.origin === undefined || message.method === "OPTIONS") return reply;
  try {
    return { ...reply, headers: { ...reply.headers, ...corsHeaders(store, parseRequest(wireRequest(message))) } };
  } catch {
    // What cannot be parsed names no bucket.
    return reply;
  }
}

function send(response: ServerResponse, message: IncomingMessage, reply: Reply, requestId: string): void {
  const { status, body } = reply;
  const headers: Record<string, string> = { "x-amz-request-id": requestId, "x-amz-id-2": "longshore-sandbox", server: "LongshoreSandbox", ...reply.headers };
  const silent = message.method === "HEAD" || status === 204 || status === 304;
  if (!silent && (body === undefined || typeof body === "string")) headers["content-length"] = String(Buffer.byteLength(body ?? ""));
  response.writeHead(status, headers);
  if (silent || body === undefined || typeof body === "string" || Buffer.isBuffer(body)) {
    response.end(silent ? undefined : body);
    return;
  }
  body.once("error", (error) => {
    console.error(`sandbox: reading the body of ${message.url} failed`, error);
    response.destroy();
  });
  response.once("close", () => body.destroy());
  body.pipe(response);
}

const requestIdStart = randomBytes(4).toString("hex").toUpperCase();
let requests = 0;

/** Sixteen characters, another for each request. */
function newRequestId(): string {
  requests = (requests + 1) % 2 ** 32;
  return requestIdStart + requests.toString(16).padStart(8, "0").toUpperCase();
}

/** Answers one HTTP request, whatever happens. */
export async function handleRequest(service: Service, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = newRequestId();
  let reply: Answer;
  try {
    reply = await answer(service, message);
  } catch (error) {
    // A client that hung up gets no answer.
    if (message.destroyed && !message.complete) return;
    reply = errorReply(error, message, requestId);
  }
  try {
    // Nobody hears of what a kill could still undo.
    await service.store.settled();
  } catch (error) {
    reply = errorReply(error, message, requestId);
  }
  if (reply === "drop") message.socket.destroy();
  else if (reply === "garbage") message.socket.end("\x16\x03\x01 this is not HTTP\r\n\r\n");
  else if (reply === "hang") return;
  else send(response, message, withCors(service, message, reply), requestId);
}
