import type { PgBoss } from "pg-boss";
import { sourceOf } from "../audit/source-of.ts";
import { authenticateRequest } from "../auth/access-keys/authenticate-request.ts";
import { recordRefused } from "../auth/access-keys/record-refused.ts";
import type { Db } from "../db/client.ts";
import { databaseAnswers } from "../db/database-answers.ts";
import { AppError } from "../errors.ts";
import { httpMeter, noteRoute } from "../http/http-meter.ts";
import { readBytes } from "../http/read-text.ts";
import type { RequestBudget } from "../http/request-budget.ts";
import { scopeOf } from "../http/request-scope.ts";
import { log } from "../log.ts";
import { inScope } from "../log-scope.ts";
import type { ApiOperation } from "./api-operation.ts";
import { demandAccount } from "./demand-account.ts";
import { newRequestIds, type RequestIds } from "./request-ids.ts";
import { headersOf, targetOf } from "./request-target.ts";
import { routeOf } from "./route.ts";
import { S3ControlError } from "./s3-control-error.ts";
import { toS3ControlError } from "./to-s3-control-error.ts";
import { errorXml } from "./write-xml.ts";

/** Several times what a job's definition may need. */
const maxBodyBytes = 256 * 1024;

export interface S3Control {
  db: Db;
  boss: () => Promise<PgBoss>;
  accountId: string;
  now: () => Date;
  budget: RequestBudget;
  /** Whose X-Forwarded-For is believed. */
  proxies?: readonly string[] | undefined;
}

/** Answers a request of the S3 Control API. Never throws. */
export function handleRequest(api: S3Control, request: Request): Promise<Response> {
  const ids = newRequestIds();
  return inScope(scopeOf(request.headers, ids.requestId), () => respond(api, request, ids));
}

async function respond(api: S3Control, request: Request, ids: RequestIds): Promise<Response> {
  let operation: ApiOperation | undefined;
  let bodyRead = request.body === null;
  try {
    const { path, query } = targetOf(request);
    const route = routeOf(request.method, path);
    operation = route.operation;
    noteRoute(httpMeter(), ids.requestId, `/v20180820${operation.path}`);
    const headers = headersOf(request);
    if (Number(headers["content-length"] ?? 0) > maxBodyBytes) throw tooLong();
    const source = (accessKeyId: string | null) =>
      sourceOf(request.headers, { via: "S3 Control", requestId: ids.requestId, accessKeyId, proxies: api.proxies });
    const { caller, accessKeyId, demandBody } = await authenticateRequest(
      { ...api, refused: (key, why) => setImmediate(() => recordRefused(api, source(null), key, why)) },
      { method: request.method, path, query, headers },
    );
    if (api.budget.take(accessKeyId, api.now().getTime()) > 0)
      throw new S3ControlError("TooManyRequestsException", 429, "This access key has sent too many requests. Wait a second, and then longer and longer.");
    demandAccount(headers.host, api.accountId);
    const body = await readBytes(request, maxBodyBytes).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      throw new S3ControlError("BadRequestException", 400, "The request ended before its body did.");
    });
    bodyRead = true;
    demandBody(body);
    const ctx = { db: api.db, boss: await api.boss(), caller, source: source(accessKeyId), accountId: api.accountId, now: api.now };
    return answer(200, await operation.run(ctx, { jobId: route.jobId, query: new URLSearchParams(query), body }), ids);
  } catch (error) {
    const known = toS3ControlError(error, operation) ?? (await unforeseen(error, api.db, operation));
    return answer(known.httpStatus, request.method === "HEAD" ? null : errorXml(known, ids), ids, bodyRead);
  }
}

const tooLong = () => new S3ControlError("BadRequestException", 400, `The request is longer than ${maxBodyBytes.toLocaleString("en")} bytes.`);

const answer = (status: number, xml: string | null, { requestId, hostId }: RequestIds, bodyRead = true): Response =>
  new Response(xml, {
    status,
    headers: {
      ...(xml !== null && { "content-type": "application/xml" }),
      "x-amz-request-id": requestId,
      "x-amz-id-2": hostId,
      "cache-control": "no-store",
      // What is left of a body is not read to its end.
      ...(!bodyRead && { connection: "close" }),
    },
  });

async function unforeseen(error: unknown, db: Db, operation: ApiOperation | undefined): Promise<S3ControlError> {
  log.error({ operation: operation?.name, err: error }, "S3 Control request failed");
  return (await databaseAnswers(db))
    ? new S3ControlError("InternalServiceException", 500, "Something went wrong in Longshore. Its log has the reason under this request's id.")
    : new S3ControlError("InternalServiceException", 503, "Longshore's database does not answer at the moment. Nothing is lost; try again in a few seconds.");
}
