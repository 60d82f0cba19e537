/** Upper bounds of the stretches that durations are counted in, seconds. */
export const httpDurationBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** Requests that a console has answered, by route: no address that somebody thinks up becomes a route. */
export interface HttpMeter {
  /** By "method route status" */
  answered: Map<string, { method: string; route: string; status: number; count: number }>;
  /** By route; one more than there are bounds. */
  durations: Map<string, { counts: number[]; sum: number }>;
  /** Routes of requests under way, by request id. */
  routes: Map<string, string>;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** More than there are. */
const maxRoutes = 300;
/** More than a console has under way; requests that ended without an answer leave theirs behind. */
const maxUnderWay = 2_000;

export const createHttpMeter = (): HttpMeter => ({ answered: new Map(), durations: new Map(), routes: new Map() });

/** Next loads the same module several times in one process. */
const slot = globalThis as typeof globalThis & { longshoreHttpMeter?: HttpMeter };
export const httpMeter = (): HttpMeter => {
  slot.longshoreHttpMeter ??= createHttpMeter();
  return slot.longshoreHttpMeter;
};

/** Says what route a request takes, before its answer is sent. @param requestId of the answer's x-request-id or x-amz-request-id */
export function noteRoute(meter: HttpMeter, requestId: string, route: string): void {
  meter.routes.set(requestId, route);
  if (meter.routes.size > maxUnderWay) meter.routes.delete(meter.routes.keys().next().value as string);
}

export interface Answered {
  method: string;
  /** As on the wire. */
  target: string;
  status: number;
  requestId: string | undefined;
  seconds: number;
}

/** Counts an answer that was sent. */
export function noteAnswer(meter: HttpMeter, { method: sent, target, status, requestId, seconds }: Answered): void {
  const told = requestId === undefined ? undefined : meter.routes.get(requestId);
  if (requestId !== undefined) meter.routes.delete(requestId);
  const wanted = told ?? pageOf(target, status);
  const route = meter.durations.has(wanted) || meter.durations.size < maxRoutes ? wanted : "other";
  const method = methods.has(sent) ? sent : "other";
  const name = `${method} ${route} ${status}`;
  const kept = meter.answered.get(name);
  if (kept) kept.count += 1;
  else meter.answered.set(name, { method, route, status, count: 1 });
  const durations = meter.durations.get(route) ?? { counts: new Array<number>(httpDurationBounds.length + 1).fill(0), sum: 0 };
  meter.durations.set(route, durations);
  let at = 0;
  while (at < httpDurationBounds.length && seconds > (httpDurationBounds[at] as number)) at += 1;
  durations.counts[at] = (durations.counts[at] as number) + 1;
  durations.sum += seconds;
}

const id = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[A-Z\d]{16,})$/i;

/** The route of a page or a file. An address that is none is answered by 404: all of those are one. */
function pageOf(target: string, status: number): string {
  const path = (target.split(/[?#]/)[0] as string).replace(/\/+$/, "") || "/";
  if (path.startsWith("/_next/")) return "/_next";
  if (path.startsWith("/v20180820")) return "/v20180820";
  if (status === 404 || !/^(?:\/[\w.-]{1,64}){0,8}\/?$/.test(path)) return "unmatched";
  return path
    .split("/")
    .map((segment) => (id.test(segment) ? "{id}" : segment))
    .join("/");
}
