import { LambdaServiceException } from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { StepFailure, StepRetry } from "../operations/operation.ts";
import { regionOf } from "./connect-lambda.ts";
import { invocationError, readInvocation } from "./invoke-lambda.ts";

const payload = { invocationId: "invocation", taskIds: ["one"], text: "" };
const failureOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof StepFailure) return error.outcome;
    throw error;
  }
  return null;
};

it("fails the tasks of a function that failed, in the words of Amazon's reports", () => {
  const text = '{"errorMessage":"Task timed out after 3.00 seconds"}';
  expect(failureOf(() => readInvocation({ httpStatus: 200, functionError: "Unhandled", text }, payload))).toEqual({
    kind: "failed",
    httpStatus: 200,
    code: "PermanentFailure",
    message: `Lambda returned function error: ${text}`,
  });
});

it("reads results, and says what is no answer", () => {
  const text = JSON.stringify({ results: [{ taskId: "one", resultCode: "TemporaryFailure", resultString: "later" }] });
  expect(readInvocation({ httpStatus: 200, functionError: undefined, text }, payload)).toEqual({
    httpStatus: 200,
    results: [{ code: "TemporaryFailure", message: "later" }],
  });
  expect(failureOf(() => readInvocation({ httpStatus: 200, functionError: undefined, text: "null" }, payload))).toMatchObject({ code: "InvalidResponse" });
});

const fromLambda = (name: string, httpStatusCode: number) =>
  new LambdaServiceException({ name, message: "words", $fault: "client", $metadata: { httpStatusCode } });
const fromElsewhere = (httpStatusCode: number) => Object.assign(new SyntaxError("Unexpected token <"), { $metadata: { httpStatusCode } });

it.each([
  [fromLambda("TooManyRequestsException", 429), true, { code: "TooManyRequestsException", away: false }],
  [fromLambda("ServiceException", 500), true, { code: "ServiceException", away: false }],
  [fromLambda("EC2ThrottledException", 502), true, { code: "EC2ThrottledException", away: false }],
  [fromLambda("ResourceConflictException", 409), true, { code: "ResourceConflictException", away: false }],
  [fromLambda("ResourceNotFoundException", 404), false, { code: "ResourceNotFoundException", message: "words" }],
  [fromLambda("AccessDeniedException", 403), false, { code: "AccessDeniedException" }],
  [fromLambda("RequestTooLargeException", 413), false, { code: "RequestTooLargeException" }],
  [fromElsewhere(503), true, { code: "FunctionUnavailable", away: true }],
  [fromElsewhere(403), false, { code: "RefusedByFunction" }],
  [Object.assign(new Error("closed"), { code: "UND_ERR_SOCKET" }), true, { code: "FunctionUnreachable", away: true, httpStatus: 0 }],
])("%s", (error, retry, verdict) => {
  const judged = invocationError(error);
  expect(judged).toBeInstanceOf(retry ? StepRetry : StepFailure);
  expect(judged instanceof StepRetry ? judged.verdict : (judged as StepFailure).outcome).toMatchObject(verdict);
});

it.each([
  ["arn:aws:lambda:eu-central-1:123456789012:function:resize", "eu-central-1"],
  ["arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:resize:live", "us-gov-west-1"],
  ["us-west-2:123456789012:function:resize", "us-west-2"],
  ["123456789012:function:resize", null],
  ["resize", null],
])("%s is in %s", (arn, region) => expect(regionOf(arn)).toBe(region));
