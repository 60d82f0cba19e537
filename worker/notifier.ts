import { installationSecrets } from "#lib/auth/stored-secrets.ts";
import { env } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { createGuardedHttp } from "#lib/functions/guarded-http.ts";
import { addressNext } from "#lib/notifications/address-next.ts";
import { type DeliveryTools, deliverNext } from "#lib/notifications/deliver-next.ts";
import { mailerOf } from "#lib/notifications/mailer.ts";
import type { EngineContext } from "./engine-context.ts";
import type { Waker } from "./waker.ts";

/** A receiver that answers late must not keep the others waiting. */
const lanes = 3;
const lookMs = 2_000;

/** Tells webhooks and people what has happened to jobs, until `signal` says stop; wake the sleepers then. */
export async function runNotifier(ctx: EngineContext, waker: Waker, signal: AbortSignal): Promise<void> {
  const settings = env();
  const http = createGuardedHttp();
  const mailer = mailerOf(settings);
  const tools: DeliveryTools = {
    db: ctx.db,
    now: ctx.now,
    webhooks: { http, secrets: installationSecrets(), allowedHosts: settings.LONGSHORE_WEBHOOK_HOSTS ?? null },
    mailer,
    consoleUrl: settings.LONGSHORE_URL,
  };
  try {
    await Promise.all(Array.from({ length: lanes }, () => runLane(ctx, tools, waker, signal)));
  } finally {
    http.close();
    mailer?.close();
  }
}

async function runLane(ctx: EngineContext, tools: DeliveryTools, waker: Waker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const busy = await tellNext(ctx, tools);
      if (!busy) await waker.sleep(lookMs);
    } catch (error) {
      ctx.log.warn({ error: messageOf(error) }, "notifications cannot be read; trying again");
      await waker.sleep(lookMs);
    }
  }
}

/** @returns whether there was anything to do */
async function tellNext(ctx: EngineContext, tools: DeliveryTools): Promise<boolean> {
  const addressed = await addressNext({ db: ctx.db, now: ctx.now, mail: tools.mailer !== null });
  const outcome = await deliverNext(tools);
  if (outcome?.failure) {
    const words = outcome.givenUp ? "a notification was given up after a day" : "a notification was not delivered; it will be tried again";
    ctx.log.warn({ delivery: outcome.deliveryId, reason: outcome.failure }, words);
  }
  return addressed || outcome !== null;
}
