import { expect, it } from "vitest";
import { StepFailure, StepRetry } from "../operations/operation.ts";
import { noAnswer, readAnswer } from "./call-webhook.ts";
import { GuardedHttpError } from "./guarded-http.ts";

const payload = { invocationId: "invocation", taskIds: ["one"], text: "" };

function said(httpStatus: number, body: string, headers: Record<string, string> = {}): unknown {
  try {
    return readAnswer({ httpStatus, headers, body: Buffer.from(body) }, payload);
  } catch (error) {
    return verdictOf(error);
  }
}
function verdictOf(error: unknown): unknown {
  if (error instanceof StepRetry) return { retry: true, ...error.verdict };
  if (error instanceof StepFailure) return { retry: false, code: error.outcome.code, httpStatus: error.outcome.httpStatus, message: error.outcome.message };
  throw error;
}

it("takes any 2xx that has results", () => {
  const body = JSON.stringify({ results: [{ taskId: "one", resultCode: "Succeeded" }] });
  for (const httpStatus of [200, 201, 207]) expect(said(httpStatus, body)).toEqual({ httpStatus, results: [{ code: "Succeeded", message: "" }] });
});

it.each([
  [200, "OK", { retry: false, code: "InvalidResponse" }],
  [204, "", { retry: false, code: "InvalidResponse" }],
  [200, "<!DOCTYPE html><title>Back soon</title>", { retry: true, away: false, code: "UnexpectedResponse" }],
  [301, "", { retry: false, code: "RedirectNotFollowed" }],
  [304, "", { retry: false, code: "RedirectNotFollowed" }],
  [400, "", { retry: false, code: "RefusedByFunction" }],
  [401, "", { retry: false, code: "RefusedByFunction" }],
  [404, "", { retry: false, code: "RefusedByFunction" }],
  [408, "", { retry: true, away: false, code: "FunctionUnavailable" }],
  [425, "", { retry: true, away: false, code: "FunctionUnavailable" }],
  [429, "", { retry: true, away: false, code: "FunctionThrottled" }],
  [500, "", { retry: true, away: false, code: "FunctionUnavailable" }],
  [501, "", { retry: false, code: "RefusedByFunction" }],
  [502, "", { retry: true, away: true, code: "FunctionUnavailable" }],
  [503, "", { retry: true, away: true, code: "FunctionUnavailable" }],
])("%i %s", (httpStatus, body, verdict) => expect(said(httpStatus, body, { location: "https://elsewhere.example" })).toMatchObject({ httpStatus, ...verdict }));

it("repeats nothing of a refusal: a webhook is no way to read what answers inside of a network", () => {
  for (const status of [200, 302, 403, 500])
    expect(JSON.stringify(said(status, "internal secret", { location: "http://internal.secret" }))).not.toContain("secret");
});

const withCode = (code: string) => Object.assign(new Error(`words of ${code}`), { code });
it.each([
  [withCode("ECONNREFUSED"), { retry: true, away: true, code: "FunctionUnreachable", message: "No answer from the function: words of ECONNREFUSED" }],
  [withCode("UND_ERR_SOCKET"), { retry: true, away: true }],
  [withCode("UND_ERR_CONNECT_TIMEOUT"), { retry: true, away: true }],
  [Object.assign(new Error("words"), { name: "HTTPParserError" }), { retry: true, away: false, code: "MalformedResponse" }],
  [
    withCode("DEPTH_ZERO_SELF_SIGNED_CERT"),
    { retry: false, code: "FunctionUnreachable", message: "The request could not be made: words of DEPTH_ZERO_SELF_SIGNED_CERT" },
  ],
  [new GuardedHttpError("InvocationTimeout", "late"), { retry: true, away: false, code: "InvocationTimeout", message: "late" }],
  [new GuardedHttpError("ResponseTooLarge", "long"), { retry: false, code: "ResponseTooLarge" }],
  [new GuardedHttpError("ForbiddenAddress", "there"), { retry: false, code: "ForbiddenAddress" }],
  [new TypeError("a mistake"), { retry: false }],
])("no answer: %s", (error, verdict) => expect(verdictOf(noAnswer(error))).toMatchObject({ httpStatus: 0, ...verdict }));
