import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import { messageOf } from "#lib/errors.ts";
import { mayReadMetrics, refusalOfMetrics } from "#lib/metrics/may-read-metrics.ts";
import type { EngineContext } from "./engine-context.ts";

export interface MetricsServer {
  /** Null where it could not listen: a worker works without being watched. */
  port: number | null;
  close(): Promise<void>;
}

/** Serves `GET /metrics` of a worker. */
export async function serveMetrics(
  ctx: Pick<EngineContext, "log">,
  registry: Registry,
  { host, port, token }: { host: string; port: number; token: string | undefined },
): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 }, (request, response) => {
    const say = (status: number, text: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" }).end(text);
    if (request.url?.split("?")[0] !== "/metrics" || request.method !== "GET") say(404, "Metrics are at GET /metrics.\n");
    else if (!mayReadMetrics({ remoteAddress: request.socket.remoteAddress, headers: request.headers, token })) say(403, refusalOfMetrics);
    else
      registry.metrics().then(
        (text) => say(200, text, registry.contentType),
        (error: unknown) => {
          ctx.log.error({ error: messageOf(error) }, "metrics could not be read");
          say(500, "Metrics could not be read; the worker's log says why.\n");
        },
      );
  });
  server.maxConnections = 50;
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, () => resolve()));
  } catch (error) {
    ctx.log.error({ host, port, error: messageOf(error) }, "metrics are not served: LONGSHORE_METRICS_PORT cannot be listened on");
    return { port: null, close: async () => undefined };
  }
  const { port: listening } = server.address() as AddressInfo;
  ctx.log.info({ host, port: listening }, "metrics are served");
  return {
    port: listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
