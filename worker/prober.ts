import { demandEndpoint } from "#lib/connections/demand-endpoint.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { NoAnswer } from "#lib/probe/exchange.ts";
import { probeTargetOf } from "#lib/probe/probe-target.ts";
import { beginProbe, failProbe, finishProbe, type ProbeLease } from "#lib/probe/record-probe.ts";
import { ProbeFailure, type ProbeOptions, runProbe } from "#lib/probe/run-probe.ts";
import type { EngineContext } from "./engine-context.ts";
import type { StepOutcome } from "./step-loop.ts";

export type ProbeItem = Pick<ProbeLease, "connectionId" | "runId">;

/** How often a probe is begun before it is given up, whatever ended it: an endpoint that is away, or the worker itself. */
export const maxTries = 5;

/** Probes one connection. @param signal the worker stops: another one will begin anew */
export async function probe(ctx: EngineContext, lease: ProbeLease, signal?: AbortSignal, options: Partial<ProbeOptions> = {}): Promise<StepOutcome> {
  const connection = await beginProbe(ctx, lease);
  if (!connection) return "obsolete";
  if (lease.retryCount >= maxTries) {
    await failProbe(ctx, lease, `The probe was begun ${maxTries} times, and its worker ended each time. The workers' logs may say why.`);
    return "done";
  }
  try {
    await demandEndpoint(connection.endpoint);
    const run = { runId: lease.runId, attempt: lease.retryCount };
    await finishProbe(ctx, lease, await runProbe(probeTargetOf(connection), { run, now: ctx.now, ...(signal && { signal }), ...options }));
  } catch (error) {
    const failure = failureOf(error, lease.retryCount + 1 >= maxTries && !signal?.aborted);
    if (failure === null) throw error;
    ctx.log.warn({ connectionId: lease.connectionId, error: messageOf(error) }, "a connection could not be probed");
    await failProbe(ctx, lease, failure);
  }
  return "done";
}

/** @returns null for what another try may mend */
function failureOf(error: unknown, lastTry: boolean): string | null {
  if (error instanceof ProbeFailure || error instanceof AppError) return error.message;
  if (!lastTry) return null;
  return error instanceof NoAnswer
    ? `The endpoint does not answer (${error.message}). Probe the connection again when it does.`
    : "The probe ended with an error of Longshore's own. The worker's log has it under the connection's id.";
}
