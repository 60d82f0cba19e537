/** Whether code that somebody asked for could not be fetched: the console is away, or another version has taken its place under an open page. */
let failed = false;
const listeners = new Set<() => void>();

export const loadFailure = {
  set(now: boolean): void {
    if (failed === now) return;
    failed = now;
    for (const notify of listeners) notify();
  },
  current: (): boolean => failed,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
