import type { CallResult } from "../operations/function-call.ts";
import { scrub } from "../scrub.ts";
import type { Payload } from "./payload.ts";

/** What a function answered, or what is wrong with the answer. */
export type ReadResults = { results: CallResult[] } | { problem: string };

const codes: readonly string[] = ["Succeeded", "TemporaryFailure", "PermanentFailure"] satisfies CallResult["code"][];
/** Of a result's own words; a report's row has room for no more. */
const mostCharacters = 1_024;

/**
 * Reads the answer of a function, which may be anything at all.
 * @returns a result for each task that was handed over, in their order: one that the answer leaves out is what treatMissingKeysAs
 * says, TemporaryFailure without it
 */
export function readResults(text: string, { invocationId, taskIds }: Pick<Payload, "invocationId" | "taskIds">): ReadResults {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "The answer is empty, where one in JSON was due" : "The answer is not JSON" };
  }
  if (!isRecord(answer)) return { problem: "The answer is no JSON object" };
  if (answer.invocationId !== undefined && answer.invocationId !== invocationId) return { problem: "The answer's invocationId is another invocation's" };
  if (!Array.isArray(answer.results)) return { problem: "The answer has no list of results" };
  const missing = missingCode(answer.treatMissingKeysAs);
  const said = new Map<string, CallResult>();
  const wanted = new Set(taskIds);
  for (const result of answer.results as unknown[]) {
    if (!isRecord(result) || typeof result.taskId !== "string" || !wanted.has(result.taskId)) continue;
    const read = resultOf(result);
    const before = said.get(result.taskId);
    said.set(result.taskId, before && before.code !== read.code ? contradiction : (before ?? read));
  }
  return { results: taskIds.map((taskId) => said.get(taskId) ?? { code: missing, message: "The answer does not name this task" }) };
}

const contradiction: CallResult = { code: "PermanentFailure", message: "The answer names this task more than once, with different results" };

const missingCode = (said: unknown): CallResult["code"] => (said === "Succeeded" || said === "PermanentFailure" ? said : "TemporaryFailure");

function resultOf({ resultCode, resultString }: Record<string, unknown>): CallResult {
  const message = resultString === undefined || resultString === null ? "" : plainText(typeof resultString === "string" ? resultString : jsonOf(resultString));
  if (typeof resultCode === "string" && codes.includes(resultCode)) return { code: resultCode as CallResult["code"], message };
  return { code: "PermanentFailure", message: `The result's resultCode is none of ${codes.join(", ")}` };
}

/** What was meant as an object, though texts are asked for; one that is nested without end cannot be written. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** Words from outside, for a report's row: one line, whole characters, of bounded length. */
export const plainText = (text: string): string =>
  scrub(text.slice(0, mostCharacters))
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim();

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
