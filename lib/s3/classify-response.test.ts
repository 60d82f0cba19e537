import { expect, it } from "vitest";
import { MalformedAnswer } from "./answer-reader.ts";
import { classifyNoAnswer, classifyResponse } from "./classify-response.ts";

const error = (code: string, message = "words") => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

it.each([
  [200, "", "succeeded", undefined],
  [204, "", "succeeded", undefined],
  [200, "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>", "succeeded", undefined],
  [200, error("InternalError"), "retry", "InternalError"],
  [200, error("AccessDenied"), "failed", "AccessDenied"],
  [403, error("AccessDenied"), "failed", "AccessDenied"],
  [404, error("NoSuchKey"), "failed", "NoSuchKey"],
  [404, "", "failed", "NotFound"],
  [412, error("PreconditionFailed"), "failed", "PreconditionFailed"],
  [400, error("RequestTimeout"), "retry", "RequestTimeout"],
  [409, error("OperationAborted"), "retry", "OperationAborted"],
  [429, "slow", "retry", "TooManyRequests"],
  [429, error("RateLimitExceeded"), "retry", "RateLimitExceeded"],
  [503, error("SlowDown"), "retry", "SlowDown"],
  [200, "<!DOCTYPE html><html>Please sign in</html>", "retry", "UnexpectedResponse"],
  [502, "<html>Bad gateway</html>", "retry", "BadGateway"],
  [500, error("Whatever"), "retry", "Whatever"],
  [501, error("NotImplemented"), "failed", "NotImplemented"],
  [301, error("PermanentRedirect"), "failed", "PermanentRedirect"],
  [418, "<Error>not xml", "failed", "UnexpectedResponse"],
])("%i %s is %s %s", (status, body, kind, code) => {
  const verdict = classifyResponse(status, body);
  expect(verdict.kind).toBe(kind);
  expect("code" in verdict ? verdict.code : undefined).toBe(code);
});

it("reads the message, entities decoded, and has one where S3 gives none", () => {
  expect(classifyResponse(404, error("NoSuchKey", "no &lt;key&gt;"))).toMatchObject({ message: "no <key>" });
  expect(classifyResponse(404, "")).toMatchObject({ message: "The endpoint answered 404 NotFound" });
});

it("does not expand entities that the body declares", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "${"y".repeat(1000)}">]><Error><Code>&x;&x;&x;</Code></Error>`;
  const verdict = classifyResponse(400, bomb);
  expect(verdict.kind).toBe("failed");
  expect(JSON.stringify(verdict).length).toBeLessThan(2_000);
});

it.each([
  [503, error("SlowDown"), false],
  [500, error("InternalError"), false],
  [503, "<html>No server is available</html>", true],
  [502, "", true],
])("%i %s: the endpoint is away: %s", (status, body, away) => expect(classifyResponse(status, body)).toMatchObject({ kind: "retry", away }));

it("tries again when there was no answer, whose status is none", () => {
  expect(classifyNoAnswer(Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" }))).toEqual({
    kind: "retry",
    away: true,
    httpStatus: 0,
    code: "ECONNREFUSED",
    message: "No answer from the endpoint: connect refused",
  });
});

it("holds an answer that is not HTTP against the task, and tries again", () => {
  expect(classifyNoAnswer(new MalformedAnswer("words"))).toMatchObject({ kind: "retry", away: false, httpStatus: 0, code: "MalformedResponse" });
});

it.each(["AnswerTooLarge", "IllegalHeader", "ERR_INVALID_URL", "CERT_HAS_EXPIRED"])("does not try again for %s", (code) => {
  expect(classifyNoAnswer(Object.assign(new Error("words"), { code }))).toMatchObject({ kind: "failed", code });
});

it.each([
  ["ECONNRESET", "retry"],
  ["UND_ERR_SOCKET", "retry"],
  ["UND_ERR_CONNECT_TIMEOUT", "retry"],
  ["UND_ERR_HEADERS_TIMEOUT", "retry"],
  ["UND_ERR_INVALID_ARG", "failed"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "failed"],
])("no answer, and %s: %s", (code, kind) => expect(classifyNoAnswer(Object.assign(new Error("words"), { code })).kind).toBe(kind));
