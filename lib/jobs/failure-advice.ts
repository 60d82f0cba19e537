import type { Permission } from "../operations/operation.ts";
import { findOperation, operationNames } from "../operations/registry.ts";
import { networkCode, passingCode } from "../s3/network-codes.ts";
import { adviceByCode } from "./advice-by-code.ts";

/** Why tasks failed, and of what job. */
export interface Failure {
  code: string;
  /** 0 when no answer came. */
  httpStatus: number;
  /** The registry's name. */
  operation: string;
  /** What the job's role needs, as JobDetails has it. */
  permissions: readonly Permission[];
}

/** What a person can do about tasks that failed. */
export interface FailureAdvice {
  /** Sentences. */
  advice: string;
  /** What the execution role may lack; empty where the failure is about something else. */
  lacking: readonly Permission[];
}

const permissionCodes: readonly string[] = ["AccessDenied", "AccessDeniedException", "AllAccessDisabled", "AccountProblem", "Forbidden"];
/** Actions that a sentence can hold. */
const maxNamed = 3;

/** @returns advice for every failure: the operation's own by its code, else anybody's by its code, else by the class of its status */
export function adviceFor({ code, httpStatus, operation, permissions }: Failure): FailureAdvice {
  const own = operationNames.includes(operation) ? findOperation(operation).advice : undefined;
  const isRefused = permissionCodes.includes(code);
  const special = wordsIn(own, code);
  if (special !== undefined) return { advice: special, lacking: isRefused ? permissions : [] };
  if (isRefused) return refused(permissions);
  const known = wordsIn(adviceByCode, code);
  if (known !== undefined) return { advice: known, lacking: [] };
  if (code.startsWith("KMS.")) return { advice: aboutKeys(code), lacking: [] };
  if (httpStatus === 403) return refused(permissions);
  return { advice: httpStatus === 0 ? withoutAnswer(code) : byStatus(httpStatus), lacking: [] };
}

/** A code comes from an endpoint: it may be the name of what every object inherits. */
const wordsIn = (words: Readonly<Record<string, string>> | undefined, code: string): string | undefined =>
  words && Object.hasOwn(words, code) ? words[code] : undefined;

const refused = (permissions: readonly Permission[]): FailureAdvice => ({
  advice: `The execution role was refused. ${lackWords(permissions)} Have its policy, and the bucket's own policy, allow it; then run the failed objects again.`,
  lacking: permissions,
});

function lackWords(permissions: readonly Permission[]): string {
  const actions = [...new Set(permissions.map(({ action }) => action))];
  const resources = [...new Set(permissions.map(({ resource }) => resource))];
  if (actions.length === 0) return "The message says more.";
  if (actions.length > maxNamed || resources.length > 1) return "It lacks at least one of the permissions that the job needs.";
  return `It lacks ${new Intl.ListFormat("en", { type: "disjunction" }).format(actions)} on ${resources[0]}.`;
}

function aboutKeys(code: string): string {
  if (/NotFound/.test(code)) return "The KMS key does not exist in the store's region. Check the key's ARN.";
  if (/Disabled|InvalidState|Unavailable/.test(code))
    return "The KMS key cannot be used: it is disabled, or is to be deleted. Enable it, then run the failed objects again.";
  if (/Throttl|LimitExceeded/.test(code))
    return "The key service asked to be called less often. Set a limit for the connection or the job, then run the failed objects again.";
  return "The store could not use the KMS key for the object. Check that the key is enabled, and that its policy lets the execution role encrypt and decrypt with it.";
}

function withoutAnswer(code: string): string {
  if (networkCode.test(code) && !passingCode.test(code))
    return "The workers do not trust the endpoint's certificate, or it speaks no TLS. Check the endpoint, and give its CA's certificate on the Connections page.";
  return "The store did not answer, even after several attempts. Check that the workers can reach the connection's endpoint.";
}

function byStatus(httpStatus: number): string {
  if (httpStatus === 429 || httpStatus === 503) return adviceByCode.SlowDown as string;
  if (httpStatus === 404) return "What the task works on does not exist. It may have been deleted since the list was made; the message says more.";
  if (httpStatus === 405) return adviceByCode.MethodNotAllowed as string;
  if (httpStatus === 409) return "Something else was changing the object or its bucket at that moment. The message says more; run the failed objects again.";
  if (httpStatus === 412) return adviceByCode.PreconditionFailed as string;
  if (httpStatus === 501) return adviceByCode.NotImplemented as string;
  if (httpStatus >= 500) return adviceByCode.InternalError as string;
  if (httpStatus >= 300 && httpStatus < 400) return "The store sends the request elsewhere. Check the connection's endpoint and region.";
  return "The store refused the request. The message says why.";
}
