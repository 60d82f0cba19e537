/** How often a task is sent before an answer that asks for another try counts as its failure: over half a minute or so. */
export const maxAttempts = 10;
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
 * Whether a try is held against its task. While the endpoint answers nobody, the trouble is not the task's,
 * and the job waits for the endpoint instead of failing object by object.
 * @param away the try got no answer of S3's
 * @param lastAnswerAt when the endpoint last answered any request, ms
 * @param sentAt when this try was sent, ms
 */
export const countsAsAttempt = (away: boolean, lastAnswerAt: number, sentAt: number): boolean => !away || lastAnswerAt >= sentAt;
