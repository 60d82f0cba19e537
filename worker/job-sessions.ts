import type { Task, TaskRequest } from "#lib/operations/operation.ts";
import { compileOperation } from "#lib/operations/registry.ts";
import { createTaskSender, type TaskSender } from "#lib/s3/task-sender.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";

/** What an executor keeps of a job from one chunk to the next: its connections are what costs. */
export interface JobSession extends LoadedJob {
  sender: TaskSender;
  compile: (task: Task) => TaskRequest;
}

export interface JobSessions {
  /** @returns null when the job is gone. Give it back with `leave`. */
  enter(jobId: string): Promise<JobSession | null>;
  leave(session: JobSession): void;
  /** Closes what nobody uses; call it when there is nothing to do. */
  closeIdle(): void;
}

/** @param connections of one session, at the most */
export function createJobSessions(ctx: EngineContext, connections: number): JobSessions {
  const open = new Map<string, { session: JobSession; users: number }>();

  /** A role's new keys count from the next chunk on. */
  const stampOf = ({ job, role, connection }: LoadedJob) => `${job.id} ${role.updatedAt.getTime()} ${connection.updatedAt.getTime()}`;

  return {
    async enter(jobId) {
      const loaded = await loadJob(ctx, jobId);
      if (!loaded) return null;
      const kept = open.get(stampOf(loaded));
      if (kept) {
        loaded.close();
        kept.users += 1;
        return kept.session;
      }
      const session = { ...loaded, sender: createTaskSender(loaded.target, connections), compile: compileOperation(loaded.definition.Operation) };
      open.set(stampOf(loaded), { session, users: 1 });
      return session;
    },
    leave(session) {
      const kept = open.get(stampOf(session));
      if (kept) kept.users -= 1;
    },
    closeIdle() {
      for (const [stamp, { session, users }] of open) {
        if (users > 0) continue;
        open.delete(stamp);
        session.close();
        session.sender.close().catch((error: unknown) => ctx.log.warn({ error }, "could not close connections"));
      }
    },
  };
}
