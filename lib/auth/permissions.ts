import { AppError } from "../errors.ts";

/** The roles a person may have, least first; the same words as the database's PersonRole. */
export type PersonRole = "viewer" | "operator" | "reviewer" | "admin";

const everyone: readonly PersonRole[] = ["viewer", "operator", "reviewer", "admin"];
const operators: readonly PersonRole[] = ["operator", "reviewer", "admin"];
const reviewers: readonly PersonRole[] = ["reviewer", "admin"];
const admins: readonly PersonRole[] = ["admin"];

/** Which roles may do what. The only place that says so: screens ask `can`, verbs ask `demand`. */
const allowed = {
  "job.read": everyone,
  "job.create": operators,
  "job.cancel": operators,
  "job.priority": operators,
  "job.pause": operators,
  "job.check": operators,
  "job.tag": operators,
  "job.limits": operators,
  "job.comment": operators,
  "job.ask-again": operators,
  "job.confirm": reviewers,
  "job.send-back": reviewers,
  "connection.read": everyone,
  "connection.write": admins,
  "webhook.secret": admins,
  "worker.read": everyone,
  "access-key.own": everyone,
  "access-key.any": admins,
  "notification.own": everyone,
  "notification.webhook": admins,
  "audit.read": admins,
} as const satisfies Record<string, readonly PersonRole[]>;

export type Verb = keyof typeof allowed;

const words: Record<Verb, string> = {
  "job.read": "see jobs",
  "job.create": "create jobs",
  "job.cancel": "cancel jobs",
  "job.priority": "change a job's priority",
  "job.pause": "pause and resume jobs",
  "job.check": "have jobs checked",
  "job.tag": "change a job's tags",
  "job.limits": "change a job's limits",
  "job.comment": "comment on jobs",
  "job.ask-again": "ask for a confirmation again",
  "job.confirm": "confirm jobs",
  "job.send-back": "send jobs back",
  "connection.read": "see connections and roles",
  "connection.write": "change connections and roles",
  "webhook.secret": "see the secrets of webhooks",
  "worker.read": "see workers",
  "access-key.own": "have access keys",
  "access-key.any": "see and revoke the access keys of others",
  "notification.own": "choose what to be notified of",
  "notification.webhook": "see and change the webhooks that are notified",
  "audit.read": "read the audit trail",
};

export function can(role: PersonRole, verb: Verb): boolean {
  const roles: readonly PersonRole[] = allowed[verb];
  return roles.includes(role);
}

/** @throws AppError Forbidden when the caller's role does not allow the verb. */
export function demand(ctx: { caller: { role: PersonRole } }, verb: Verb): void {
  if (can(ctx.caller.role, verb)) return;
  const needed: string = allowed[verb][0] ?? "admin";
  throw new AppError("Forbidden", `Your role (${ctx.caller.role}) may not ${words[verb]}; the least role that may is ${needed}. Ask an administrator.`);
}
