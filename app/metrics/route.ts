import type { Registry } from "prom-client";
import { httpMeter } from "#lib/http/http-meter.ts";
import { runtime } from "#lib/http/runtime.ts";
import { metricsHeader } from "#lib/http/watch-requests.ts";
import { createConsoleMetrics } from "#lib/metrics/console-metrics.ts";
import { refusalOfMetrics } from "#lib/metrics/may-read-metrics.ts";

/** Next loads the same module several times in one process. */
const slot = globalThis as typeof globalThis & { longshoreMetrics?: Registry };

/** → what Prometheus reads; 403 for whoever may not (lib/metrics/may-read-metrics.ts). */
export async function GET(request: Request): Promise<Response> {
  const headers = { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };
  if (request.headers.get(metricsHeader) !== "yes") return new Response(refusalOfMetrics, { status: 403, headers });
  slot.longshoreMetrics ??= createConsoleMetrics(runtime().db, httpMeter());
  return new Response(await slot.longshoreMetrics.metrics(), { headers: { ...headers, "content-type": slot.longshoreMetrics.contentType } });
}
