import { installationSecrets } from "#lib/auth/stored-secrets.ts";
import type { Job } from "#lib/db/generated/client.ts";
import { env } from "#lib/env.ts";
import { createFunctionCaller } from "#lib/functions/function-caller.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { TakenChunk } from "#lib/jobs/take-chunk.ts";
import type { ManifestField } from "#lib/manifests/parse-row.ts";
import { taskFieldsOf } from "#lib/manifests/task-fields.ts";
import type { TaskRun } from "#lib/operations/operation.ts";
import { otherRoles, runOperation } from "#lib/operations/registry.ts";
import type { Admission, Lane } from "#lib/s3/admission.ts";
import { type Cap, createCap } from "#lib/s3/cap.ts";
import { routeSenders } from "#lib/s3/route-senders.ts";
import { createTaskSender, type TaskSender } from "#lib/s3/task-sender.ts";
import { openWorkTools } from "#lib/s3/work-tools.ts";
import { RoleRefused } from "#lib/sts/role-failures.ts";
import { checkOffered } from "./check-offered.ts";
import type { EngineContext } from "./engine-context.ts";
import { jobContext } from "./job-context.ts";
import { connectJob, type FoundJob, findJob, type LoadedJob, RefusedRole } from "./load-job.ts";
import { createTail, type Tail } from "./tail.ts";

/** What an executor keeps of a job from one chunk to the next: its connections are what costs. */
export interface JobSession extends LoadedJob {
  sender: TaskSender;
  lane: Lane;
  /** Of other connections that the job's requests go to. */
  others: (LoadedJob["others"][number] & { lane: Lane })[];
  fields: readonly ManifestField[];
  /** Of its tasks, for who looks at them. */
  tail: Tail;
  /** As last heard. */
  priority: number;
  run: TaskRun;
}

export interface JobSessions {
  /** @returns null when the job is gone. Give it back with `leave`. */
  enter(taken: TakenChunk): Promise<JobSession | null>;
  leave(session: JobSession): void;
  /** Closes what nobody has used for a while. */
  closeIdle(): void;
  closeAll(): void;
  /** What is to be told of jobs' tasks, by job. */
  tails(): Map<string, Tail>;
}

interface Kept {
  session: JobSession;
  users: number;
  usedAt: number;
}

const idleMs = 30_000;

/** @param executorId whose they are */
export function createJobSessions(ctx: EngineContext, admission: Admission, executorId: string): JobSessions {
  const open = new Map<string, Kept>();

  /** A role's new keys count from the next chunk on. */
  const stamp = (jobId: string, roleUpdatedAt: Date, connectionUpdatedAt: Date) => `${jobId} ${roleUpdatedAt.getTime()} ${connectionUpdatedAt.getTime()}`;
  const stampOf = ({ job, role, connection }: FoundJob) => stamp(job.id, role.updatedAt, connection.updatedAt);
  /** What all sessions of a job share. */
  const shared = new Map<Job["id"], { jobCap: Cap; tail: Tail }>();

  const start = async (found: FoundJob): Promise<JobSession> => {
    demandRoles(found);
    const loaded = await connectJob(ctx, found);
    const { jobCap, tail } = shared.get(found.job.id) ?? { jobCap: createCap(), tail: createTail(executorId, ctx.now) };
    shared.set(found.job.id, { jobCap, tail });
    const lane = { endpoint: admission.endpoint(loaded.connection.id), jobCap };
    const functions = createFunctionCaller({
      target: loaded.target,
      lambdaEndpoint: loaded.connection.lambdaEndpoint,
      installationSecrets: installationSecrets(),
      webhookHosts: env().LONGSHORE_WEBHOOK_HOSTS ?? null,
      now: ctx.now,
    });
    const others = loaded.others.map((role) => ({
      ...role,
      lane: { endpoint: admission.endpoint(role.connectionId), jobCap },
    }));
    const work = openWorkTools({ s3: loaded.s3, functions }, loaded.target, new Map(others.map(({ arn, target }) => [arn, target])));
    const home = createTaskSender(loaded.target, lane, admission, work.tools);
    // What streams from here to there counts once for the job itself.
    const source = { lane: { endpoint: lane.endpoint, jobCap: createCap() }, answers: home.answers };
    const senders = others.map(({ arn, target, lane }) => [arn, createTaskSender(target, lane, admission, work.tools, source)] as const);
    return {
      ...loaded,
      lane,
      others,
      close: () => {
        work.close();
        functions.close();
        loaded.close();
      },
      tail,
      priority: found.job.priority,
      sender: senders.length === 0 ? home : routeSenders(home, new Map(senders)),
      fields: taskFieldsOf(loaded.definition),
      run: runOperation(loaded.definition, jobContext(loaded, ctx.now, ctx.sizes)),
    };
  };

  /** Chunks that begin together share what the first of them opens. */
  const opening = new Map<string, Promise<Kept>>();
  const openSession = (found: FoundJob): Promise<Kept> => {
    const stamp = stampOf(found);
    const begun = opening.get(stamp);
    if (begun) return begun;
    const begins = start(found)
      .then((session) => {
        const kept = { session, users: 0, usedAt: Date.now() };
        open.set(stamp, kept);
        return kept;
      })
      .finally(() => opening.delete(stamp));
    opening.set(stamp, begins);
    return begins;
  };

  /** Whether the roles of other connections are as they were. */
  const hasItsKeys = async ({ others }: JobSession): Promise<boolean> => {
    if (others.length === 0) return true;
    const now = await ctx.db.executionRole.findMany({
      where: { arn: { in: others.map(({ arn }) => arn) } },
      select: { arn: true, updatedAt: true, connection: { select: { updatedAt: true } } },
    });
    return others.every((one) =>
      now.some(
        ({ arn, updatedAt, connection }) =>
          arn === one.arn && updatedAt.getTime() === one.updatedAt.getTime() && connection.updatedAt.getTime() === one.connection.updatedAt.getTime(),
      ),
    );
  };

  const close = (unusedSince: number) => {
    for (const [stamp, { session, users, usedAt }] of open) {
      if (users > 0 || usedAt > unusedSince) continue;
      open.delete(stamp);
      if (![...open.values()].some((other) => other.session.job.id === session.job.id)) shared.delete(session.job.id);
      session.close();
      session.sender.close();
    }
  };

  return {
    async enter({ job, roleUpdatedAt, connectionUpdatedAt }) {
      let kept = open.get(stamp(job.id, roleUpdatedAt, connectionUpdatedAt));
      if (kept && !(await hasItsKeys(kept.session))) {
        open.delete(stampOf(kept.session));
        // Whoever uses it yet ends with it.
        open.set(`${stampOf(kept.session)} until ${Date.now()}`, kept);
        kept = undefined;
      }
      if (!kept) {
        const found = await findJob(ctx, job.id);
        if (!found) return null;
        await checkOffered(ctx, found);
        kept = open.get(stampOf(found)) ?? (await openSession(found));
      }
      kept.users += 1;
      kept.session.job = job;
      try {
        await haveKeys(kept.session);
      } catch (error) {
        this.leave(kept.session);
        throw error;
      }
      return kept.session;
    },
    leave(session) {
      const kept = [...open.values()].find((one) => one.session === session);
      if (!kept) return;
      kept.users -= 1;
      kept.usedAt = Date.now();
    },
    closeIdle: () => close(Date.now() - idleMs),
    closeAll: () => close(Number.POSITIVE_INFINITY),
    tails: () => new Map([...shared].map(([jobId, { tail }]) => [jobId, tail])),
  };
}

/** Keys of assumed roles that have not ended. @throws RefusedRole, RoleUnavailable */
async function haveKeys({ role, target, others }: LoadedJob): Promise<void> {
  for (const { arn, target: its } of [{ arn: role.arn, target }, ...others]) {
    await its.session?.fresh().catch((error: unknown) => {
      throw error instanceof RoleRefused ? new RefusedRole(arn, error) : error;
    });
  }
}

/** Whether a role that the job runs with cannot be assumed any more: no task of it can do anything then. */
export const lacksKeys = ({ target, others }: LoadedJob): boolean => [{ target }, ...others].some((one) => (one.target.session?.refusal ?? null) !== null);

/** @throws JobFailure when one of them is gone */
function demandRoles({ definition, others }: FoundJob): void {
  const missing = otherRoles(definition.Operation).find((arn) => !others.some((role) => role.arn === arn));
  if (missing !== undefined) {
    throw new JobFailure("RoleNotFound", `There is no execution role ${missing} any more. Have an admin add it, and create the job again.`);
  }
}
