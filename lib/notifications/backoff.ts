const dayMs = 24 * 3600 * 1000;
const firstMs = 5_000;
const mostMs = 3600 * 1000;

/**
 * When a delivery is tried again that has failed so often: later each time, and never after its first day.
 * @param attempts from 1
 * @param jitter 0 to 1
 * @returns null: it is given up
 */
export function nextTry(attempts: number, createdAt: Date, now: Date, jitter: number): Date | null {
  const wait = Math.min(mostMs, firstMs * 2 ** (attempts - 1)) * (0.75 + 0.5 * jitter);
  const next = now.getTime() + wait;
  return next - createdAt.getTime() > dayMs ? null : new Date(next);
}
