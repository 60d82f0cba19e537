/** What a person can do about tasks that failed with this code. */
export interface ErrorAdvice {
  advice: string;
  /** The permissions that the execution role may lack should be shown beside it. */
  aboutPermissions: boolean;
}

const denied =
  "The execution role was refused. Check that its policy, and the bucket's own policy, allow these actions; then run the job again for the failed objects.";

const byCode: Record<string, string> = {
  NoSuchKey:
    "The object was not there any more when its task ran. It may have been deleted or renamed since the manifest was written, or the manifest's keys are not URL-encoded.",
  NoSuchVersion: "This version of the object does not exist. It may have expired since the manifest was written.",
  NoSuchBucket: "The bucket does not exist on this connection. Check the manifest's first column, and the destination of a copy.",
  PermanentRedirect: "The bucket is in another region than the connection. Use a role on a connection to the bucket's own region.",
  PreconditionFailed: "The object does not meet the job's conditions, such as “only if modified since”, and was left alone.",
  SlowDown: "The store asked to be called less often, and went on asking after several attempts. Run the failed objects again at a quieter time.",
  ServiceUnavailable: "The store was not available, even after several attempts. Run the failed objects again when it is well.",
  InternalError: "The store had an error of its own, even after several attempts. Run the failed objects again; if it comes back, look at the store's logs.",
  RequestTimeout: "The store did not take the request in time, even after several attempts. Check the network between the workers and the store.",
  InvalidRequest:
    "The store does not accept this operation for the object. The message says why: often a copy of more than 5 GB, or a copy onto itself that changes nothing.",
  InvalidArgument: "The store does not accept one of the operation's parameters. The message says which.",
  InvalidTag: "The store does not accept one of the tags. Some stores allow fewer characters than Amazon S3.",
  InvalidObjectState: "The object is archived. Restore it first, then run the failed objects again.",
  MethodNotAllowed: "The store does not allow this operation on the object: it may be a delete marker, or the bucket may lack Object Lock.",
  NotImplemented: "The store does not have this operation.",
  InvalidAccessKeyId: "The store does not know the execution role's access key. Give the role a valid key on the Roles page.",
  SignatureDoesNotMatch: "The store does not accept the execution role's secret key. Give the role its keys again on the Roles page.",
  ExpiredToken: "The execution role's session has expired.",
  RequestTimeTooSkewed: "The clock of a worker differs from the store's by too much. Set the worker's clock.",
  EntityTooLarge: "The object is larger than one copy can be (5 GB).",
  KeyTooLongError: "With the prefix in front, the key is longer than the 1,024 bytes that S3 allows.",
  TemporaryFailure: "The function asked for another try of these objects, ten times over. The message is its own. Run the failed objects again later.",
  PermanentFailure: "The function says that it could not do these objects. The message is its own; the function's log has more.",
  InvalidResponse: "The function did not answer as it has to: docs/functions.md shows how. What it did with the objects is not known.",
  RedirectNotFollowed: "Redirects are not followed. Give the job the URL that answers by itself.",
  RefusedByFunction:
    "The receiver refused the call, and would do so again. Check the URL, and what the receiver's log says; it may be checking signatures with another secret.",
  ResponseTooLarge: "The function answered with more than results need. What it did with the objects is not known.",
  InvocationTimeout: "The function did not answer within the time limit, ten times over. Give the job more time, or fewer objects an invocation.",
  FunctionThrottled:
    "The receiver asked to be called less often, and went on asking. Limit the job's requests, or run the failed objects again at a quieter time.",
  FunctionUnavailable: "The receiver had trouble of its own, even after several attempts. Run the failed objects again when it is well.",
  FunctionUnreachable:
    "The function could not be reached, or hung up. Check its address, its certificate, and that the workers can reach it; the message says more.",
  FunctionNotAllowed: "This installation does not allow that call. An administrator can; the message says where.",
  ForbiddenAddress: "The address is one where machines keep their own credentials. It is never called.",
  ResourceNotFoundException: "Lambda has no such function in that region. Check the ARN, and its version or alias.",
  TooManyRequestsException:
    "Lambda had no room for more invocations, even after several attempts. Raise the function's concurrency, or limit the job's requests.",
  ObjectLockConfigurationNotFoundError: "The bucket has no Object Lock configuration. Object Lock must be on before retention or a legal hold is set.",
};

const permissionCodes: readonly string[] = ["AccessDenied", "AccessDeniedException", "AllAccessDisabled", "AccountProblem", "Forbidden"];

/**
 * @param httpStatus 0 when no answer came
 * @param own what the operation itself has to say, by code
 * @returns advice for every error: by its code where it is known, else by the class of its status
 */
export function errorAdvice(code: string, httpStatus: number, own: Readonly<Record<string, string>> = {}): ErrorAdvice {
  const special = Object.hasOwn(own, code) ? own[code] : undefined;
  if (special !== undefined) return { advice: special, aboutPermissions: permissionCodes.includes(code) };
  if (permissionCodes.includes(code)) return { advice: denied, aboutPermissions: true };
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return { advice: known, aboutPermissions: false };
  if (httpStatus === 403) return { advice: denied, aboutPermissions: true };
  return { advice: byStatus(httpStatus), aboutPermissions: false };
}

function byStatus(httpStatus: number): string {
  if (httpStatus === 0) return "The store did not answer, even after several attempts. Check that the workers can reach the connection's endpoint.";
  if (httpStatus === 429 || httpStatus === 503) return byCode.SlowDown as string;
  if (httpStatus === 404) return "What the task works on does not exist. The message says more.";
  if (httpStatus >= 500)
    return "The store had an error of its own, even after several attempts. Run the failed objects again; if it comes back, look at the store's logs.";
  return "The store refused the request. The message says why.";
}
