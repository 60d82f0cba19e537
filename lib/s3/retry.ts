/** How often a task is sent before an answer that asks for another try counts as its failure. */
export const maxAttempts = 6;
const baseMs = 100;
const capMs = 20_000;

/**
 * Exponential backoff with full jitter.
 * @param attempt how often the task was sent, from 1
 * @param random in [0, 1)
 * @returns milliseconds to wait before the next try
 */
export const retryDelay = (attempt: number, random: number): number => Math.floor(random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16)));

/**
 * A task gives up after its attempts, but not while the endpoint answers nobody: then the trouble is not the task's,
 * and the job waits for the endpoint instead of failing object by object.
 * @param lastAnswerAt when the endpoint last answered any request, ms
 * @param firstSentAt when this task was first sent, ms
 */
export function givesUp(attempt: number, httpStatus: number, lastAnswerAt: number, firstSentAt: number): boolean {
  if (attempt < maxAttempts) return false;
  return httpStatus !== 0 || lastAnswerAt >= firstSentAt;
}
