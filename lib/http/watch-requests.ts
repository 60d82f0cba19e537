import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "../env.ts";
import { mayReadMetrics } from "../metrics/may-read-metrics.ts";
import { httpMeter, noteAnswer } from "./http-meter.ts";

/** Says to the route of the metrics whether who asks may read them: Next does not tell it who that is. Nobody else can set it. */
export const metricsHeader = "x-longshore-metrics";

/** Once in a process: a second time would count everything twice. */
const slot = globalThis as typeof globalThis & { longshoreWatchesRequests?: boolean };

/** Counts the requests of this console, and judges those for its metrics. Before Next sees them. */
export function watchRequests(): void {
  if (slot.longshoreWatchesRequests) return;
  slot.longshoreWatchesRequests = true;
  const begun = new WeakMap<IncomingMessage, { at: number; target: string }>();
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    begun.set(request, { at: performance.now(), target: request.url ?? "/" });
    delete request.headers[metricsHeader];
    if (request.url?.includes("/metrics") && isAllowed(request)) request.headers[metricsHeader] = "yes";
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const start = begun.get(request);
    if (!start) return;
    const id = response.getHeader("x-request-id") ?? response.getHeader("x-amz-request-id");
    noteAnswer(httpMeter(), {
      method: request.method ?? "",
      target: start.target,
      status: response.statusCode,
      requestId: typeof id === "string" ? id : undefined,
      seconds: (performance.now() - start.at) / 1_000,
    });
  });
}

function isAllowed({ socket, headers }: IncomingMessage): boolean {
  const { LONGSHORE_METRICS_TOKEN: token, LONGSHORE_URL: publicUrl } = env();
  return mayReadMetrics({ remoteAddress: socket.remoteAddress, headers, token, publicUrl });
}
