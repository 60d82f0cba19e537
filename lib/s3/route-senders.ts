import type { TaskRequest, Work } from "../operations/operation.ts";
import type { Outcome, TaskSender } from "./task-sender.ts";

/**
 * One sender for all stores of a job.
 * @param home where the job's own role has its keys
 * @param others by the ARNs of the roles that requests name
 */
export function routeSenders(home: TaskSender, others: ReadonlyMap<string, TaskSender>): TaskSender {
  const all = [home, ...new Set(others.values())];
  const nobody = (role: string): Pick<TaskSender, "trySend" | "send"> => {
    const failure: Outcome = { kind: "failed", httpStatus: 0, code: "RoleNotFound", message: `There is no execution role ${role}` };
    const send: TaskSender["send"] = (_request, _group, done) => queueMicrotask(() => done(failure));
    return {
      send,
      trySend: (...call) => {
        send(...call);
        return true;
      },
    };
  };
  const senderOf = ({ role }: TaskRequest | Work) => (role === undefined ? home : (others.get(role) ?? nobody(role)));
  return {
    trySend: (request, group, done) => senderOf(request).trySend(request, group, done),
    send: (request, group, done) => senderOf(request).send(request, group, done),
    hurry(group) {
      for (const sender of all) sender.hurry(group);
    },
    cutShort(group) {
      for (const sender of all) sender.cutShort(group);
    },
    answers: (bucket) => home.answers(bucket),
    away: () => all.map((sender) => sender.away()).find((away) => away !== null) ?? null,
    close() {
      for (const sender of all) sender.close();
    },
  };
}
