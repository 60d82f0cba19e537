import { elementOf, textOf } from "../operations/read-answer.ts";
import { documentOf, errorOf, isDone, quote } from "./answers.ts";
import { capabilities } from "./capability.ts";
import { createExchange, NoAnswer } from "./exchange.ts";
import { openLab, type Place } from "./lab.ts";
import { areaOf, clear, folderOf } from "./probe-area.ts";
import type { ProbeTarget } from "./probe-target.ts";
import { serverOf } from "./read-server.ts";
import type { Trial } from "./trial.ts";
import { allTrials, firstTrials } from "./trials/all-trials.ts";
import { damages, Judged, type ProbeResult, untried } from "./verdict.ts";

/** A probe that takes longer says of the rest that it was not tried. */
export const limitMs = 5 * 60_000;
/** What is older than this belongs to nobody who is alive. */
const leftoverMs = 4 * limitMs;

/** Why a connection could not be probed at all, in words that say what to do. Another try changes nothing. */
export class ProbeFailure extends Error {
  override name = "ProbeFailure";
}

export interface ProbeReport {
  results: ProbeResult[];
  /** The store's Server header; null where it sends none. */
  server: string | null;
  versioned: boolean;
  locks: boolean;
}

export interface ProbeOptions {
  run: { runId: string; attempt: number };
  now: () => Date;
  /** Ends the probe; it then throws the signal's reason. */
  signal?: AbortSignal;
  pausesMs?: readonly number[];
  /** All of them, but for tests. */
  trials?: readonly Trial[];
}

/**
 * Tries what a store can do on throwaway objects in the connection's work area, and looks at what it did.
 * @throws ProbeFailure; NoAnswer while the store does not answer
 */
export async function runProbe(target: ProbeTarget, { run, now, signal, pausesMs = [200, 800], trials = allTrials }: ProbeOptions): Promise<ProbeReport> {
  const timeout = AbortSignal.timeout(limitMs);
  const exchange = createExchange(target, target.workBucket, signal ? AbortSignal.any([signal, timeout]) : timeout, pausesMs);
  const folder = folderOf(target.workPrefix, target.connectionId, run);
  const place: Place = { exchange, bucket: target.workBucket, folder, versioned: false, locks: false, now, pausesMs, signal: timeout };
  const words = (text: string) => text.replaceAll(target.secretAccessKey, "…").replaceAll(target.accessKeyId, "…");
  try {
    const server = await lookAtBucket(place, target);
    await clear(exchange, areaOf(target.workPrefix, target.connectionId), leftoverMs);
    const results: ProbeResult[] = [];
    for (const trial of trials) {
      signal?.throwIfAborted();
      const judged = await judge(place, trial, results);
      results.push({ capability: trial.capability, verdict: judged.verdict, reason: words(judged.reason) });
    }
    return { results, server, versioned: place.versioned, locks: place.locks };
  } finally {
    // With a clock of its own: a probe that ran out of time cleans up all the same.
    const broom = createExchange(target, target.workBucket, AbortSignal.timeout(60_000), pausesMs);
    await clear(broom, folder).catch(() => undefined);
    broom.close();
    exchange.close();
  }
}

/** @returns how the store names itself @throws ProbeFailure */
async function lookAtBucket(place: Place, { workPrefix }: ProbeTarget): Promise<string | null> {
  const { exchange, bucket, folder } = place;
  const key = `${folder}first`;
  const body = "The first throwaway object of Longshore's probe.";
  const written = await exchange.send({ method: "PUT", key, body });
  if (errorOf(written)?.code === "NoSuchBucket")
    throw new ProbeFailure(`There is no bucket ${bucket}, where the work area is. Make it, or choose another one.`);
  if (!isDone(written))
    throw new ProbeFailure(
      `The connection's keys may not write below s3://${bucket}/${workPrefix}, where throwaway objects are tried: ${quote(written)}. Allow them s3:PutObject there.`,
    );
  const versioning = await exchange.send({ method: "GET", key: "", query: { versioning: "" } });
  place.versioned =
    isDone(versioning) &&
    textOf(documentOf(versioning.body, "VersioningConfiguration")?.Status) === "Enabled" &&
    written.headers["x-amz-version-id"] !== undefined;
  const lock = await exchange.send({ method: "GET", key: "", query: { "object-lock": "" } });
  const configuration = isDone(lock) ? documentOf(lock.body, "ObjectLockConfiguration") : null;
  place.locks = place.versioned && textOf(configuration?.ObjectLockEnabled) === "Enabled";
  if (Object.keys(elementOf(elementOf(configuration?.Rule).DefaultRetention)).length > 0)
    throw new ProbeFailure(
      `The bucket ${bucket} keeps every object under a default retention, so throwaway objects could not be deleted. Choose a work bucket without it.`,
    );
  return serverOf(exchange);
}

/** Runs one trial, and looks at what must not have changed, whatever the store said. */
async function judge(place: Place, { capability, run }: Trial, before: readonly ProbeResult[]): Promise<Judged> {
  const broken = firstTrials.find((first) => before.some((result) => result.capability === first.capability && result.verdict !== "works"));
  if (broken) return untried(`${capabilities[broken.capability].title} does not work, so nothing else can be told apart.`);
  if (place.exchange.over()) return untried("The probe ran out of time.");
  try {
    const lab = await openLab(place, capability);
    const judged = await run(lab).then((remark) => new Judged("works", remark ?? ""), asJudged(place));
    if (judged.verdict === "damages") return judged;
    const harm = await lab.damage();
    return harm === null ? judged : damages(harm);
  } catch (error) {
    return asJudged(place)(error);
  }
}

const asJudged =
  (place: Place) =>
  async (error: unknown): Promise<Judged> => {
    if (error instanceof Judged) return error;
    if (place.exchange.over()) return untried("The probe ran out of time.");
    if (!(error instanceof NoAnswer)) throw error;
    // Is it only this request that it does not answer?
    await place.exchange.send({ method: "HEAD", key: "" });
    return new Judged("refused", `The store gives no whole answer to it: ${error.message}`);
  };
