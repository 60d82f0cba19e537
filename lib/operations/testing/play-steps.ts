import { type Answer, type Step, StepFailure, type Steps, type TaskFailed, type TaskRequest, type Work } from "../operation.ts";

/** What a store of a test says: an answer's parts, or why it refuses. */
export type Said = Partial<Answer> | { code: string; httpStatus: number; message?: string };

/**
 * Takes steps with a store that is only told what to say.
 * @returns what the steps came to, and every request in its order
 */
export async function playSteps<T>(
  steps: Steps<T>,
  say: (request: TaskRequest | Work) => Said | Promise<Said>,
): Promise<{ end: { value: T } | { failure: TaskFailed }; sent: (TaskRequest | Work)[] }> {
  const sent: (TaskRequest | Work)[] = [];
  const answer = async (request: TaskRequest | Work): Promise<Answer> => {
    sent.push(request);
    const said = await say(request);
    if ("code" in said) throw new StepFailure({ kind: "failed", message: "refused", ...said });
    return { httpStatus: 200, headers: {}, body: "", ...said };
  };
  const take = async (step: Step): Promise<IteratorResult<Step, T>> => {
    let answers: unknown;
    try {
      answers = Array.isArray(step) ? await Promise.all(step.map(answer)) : await answer(step as TaskRequest | Work);
    } catch (error) {
      return steps.throw(error);
    }
    return steps.next(answers as Answer & readonly Answer[]);
  };
  try {
    let result = steps.next();
    while (!result.done) result = await take(result.value);
    return { end: { value: result.value }, sent };
  } catch (error) {
    if (error instanceof StepFailure) return { end: { failure: error.outcome }, sent };
    throw error;
  }
}

/** "PUT bucket/key?uploadId=1", for comparing. */
export const asLine = (request: TaskRequest | Work): string => {
  if ("work" in request) return `WORK ${request.bucket}`;
  const query = new URLSearchParams(request.query).toString().replaceAll(/=(?=&|$)/g, "");
  return `${request.method} ${request.bucket}/${request.key}${query === "" ? "" : `?${query}`}`;
};
