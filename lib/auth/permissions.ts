import { AppError } from "../errors.ts";

/** The roles a person may have, least first; the same words as the database's PersonRole. */
export type PersonRole = "viewer" | "operator" | "reviewer" | "admin";

const everyone: readonly PersonRole[] = ["viewer", "operator", "reviewer", "admin"];
const operators: readonly PersonRole[] = ["operator", "reviewer", "admin"];
const reviewers: readonly PersonRole[] = ["reviewer", "admin"];
const admins: readonly PersonRole[] = ["admin"];

/** Whose job it is that somebody wants to change: their own, or anybody's. */
export type Whose = "own" | "any";
type Roles = readonly PersonRole[];
const ownOrAny = { own: operators, any: reviewers } as const;

/**
 * Which roles may do what. The only place that says so: screens ask `can`, verbs ask `demand`, and with a job at hand `demandOnJob`
 * of lib/jobs/demand-on-job.ts.
 */
const allowed = {
  "job.read": everyone,
  "job.create": operators,
  "job.cancel": ownOrAny,
  "job.priority": ownOrAny,
  "job.pause": ownOrAny,
  "job.check": operators,
  "job.tag": ownOrAny,
  "job.limits": ownOrAny,
  "job.comment": operators,
  "job.ask-again": ownOrAny,
  "job.replace": ownOrAny,
  "job.confirm": reviewers,
  "job.send-back": reviewers,
  "policy.read": everyone,
  "policy.write": admins,
  "connection.read": everyone,
  "connection.write": admins,
  "webhook.secret": admins,
  "worker.read": everyone,
  "access-key.own": everyone,
  "access-key.any": admins,
  "notification.own": everyone,
  "notification.webhook": admins,
  "audit.read": admins,
  "account.own": everyone,
  "person.read": admins,
  "person.write": admins,
} as const satisfies Record<string, Roles | Record<Whose, Roles>>;

export type Verb = keyof typeof allowed;
export const verbs = Object.keys(allowed) as Verb[];

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
  "job.replace": "put a job in another one's place",
  "job.confirm": "confirm jobs",
  "job.send-back": "send jobs back",
  "policy.read": "see the confirmation policy",
  "policy.write": "change the confirmation policy",
  "connection.read": "see connections and roles",
  "connection.write": "change connections and roles",
  "webhook.secret": "see the secrets of webhooks",
  "worker.read": "see workers",
  "access-key.own": "have access keys",
  "access-key.any": "see and revoke the access keys of others",
  "notification.own": "choose what to be notified of",
  "notification.webhook": "see and change the webhooks that are notified",
  "audit.read": "read the audit trail",
  "account.own": "see and change your own account",
  "person.read": "see who has an account",
  "person.write": "invite, change and disable people",
};

const rolesFor = (verb: Verb, whose: Whose): Roles => {
  const roles: Roles | Record<Whose, Roles> = allowed[verb];
  return "own" in roles ? roles[whose] : roles;
};

/** @param whose of a verb that changes a job: whose it is; without it, whether the role may at all */
export const can = (role: PersonRole, verb: Verb, whose: Whose = "own"): boolean => rolesFor(verb, whose).includes(role);

interface Who {
  userId: string | null;
  role: PersonRole;
}

/** Whether the caller may do that with this job: much of it operators may with the jobs that they created, and not with others'. */
export const canOnJob = (caller: Who, verb: Verb, job: { createdById: string | null }): boolean => can(caller.role, verb, isOwn(caller, job) ? "own" : "any");

/** A caller without an id is the engine, which may do all; so no job of nobody's becomes anybody's own. */
export const isOwn = ({ userId }: Pick<Who, "userId">, job: { createdById: string | null }): boolean => job.createdById === userId;

/** Whether the role may at all. @throws AppError Forbidden when the caller's role does not allow the verb. */
export function demand(ctx: { caller: { role: PersonRole } }, verb: Verb): void {
  if (can(ctx.caller.role, verb)) return;
  const needed: string = rolesFor(verb, "own")[0] ?? "admin";
  throw new AppError("Forbidden", `Your role (${ctx.caller.role}) may not ${words[verb]}; the least role that may is ${needed}. Ask an administrator.`);
}

/**
 * Why the caller's role, which allows the verb, does not allow it with this job; whose it is and whom to ask.
 * @param creator null where the job's creator has left
 */
export const refusalOnJob = (role: PersonRole, verb: Verb, creator: string | null): string =>
  `${creator === null ? "Whoever created this job has left." : `${creator} created this job.`} Your role (${role}) may ${words[verb]} only where the job is your own: ask ${creator === null ? "" : `${creator}, `}a reviewer or an administrator.`;
