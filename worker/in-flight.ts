/** At most `limit` things at once, first come, first served. */
export function createInFlight(limit: number): { enter(): Promise<void>; leave(): void } {
  let free = limit;
  const waiting: (() => void)[] = [];
  return {
    enter() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
