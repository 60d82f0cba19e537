/** The service's rule: once this many tasks have run, more than half of them failed fails the job. */
export const thresholdTasks = 1_000;

export const exceedsThreshold = (succeeded: number, failed: number): boolean => succeeded + failed >= thresholdTasks && failed * 2 > succeeded + failed;
