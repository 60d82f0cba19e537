/** Lambda's own limit. */
export const lambdaTimeoutMs = 900_000;

/** As much as an answer has to say of so many tasks, and more: a function that sends no end of it is cut off. */
export const maxAnswerBytes = (tasks: number): number => 256 * 1024 + tasks * 4 * 1024;
