/** Seconds since some start, and how many requests there had been by then. */
export type Sample = readonly [at: number, requests: number];

/** Requests a second once a job has found its pace: between its middle and its last tenth. 0 when the samples do not tell. */
export function steadyRate({ arrivals, tasks }: { arrivals: readonly Sample[]; tasks: number }): number {
  const middle = arrivals.find(([, requests]) => requests >= tasks * 0.5);
  const end = arrivals.find(([, requests]) => requests >= tasks * 0.9);
  if (!middle || !end || end[0] <= middle[0]) return 0;
  return (end[1] - middle[1]) / (end[0] - middle[0]);
}
