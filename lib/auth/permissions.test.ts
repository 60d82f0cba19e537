import { describe, expect, it, test } from "vitest";
import type { AppError } from "../errors.ts";
import { can, canOnJob, demand, type PersonRole, refusalOnJob, type Verb, verbs } from "./permissions.ts";

/** The least role that may; of a verb that changes a job, with one's own and with anybody's. */
const table: Record<Verb, PersonRole | { own: PersonRole; any: PersonRole }> = {
  "job.read": "viewer",
  "job.create": "operator",
  "job.cancel": { own: "operator", any: "reviewer" },
  "job.priority": { own: "operator", any: "reviewer" },
  "job.pause": { own: "operator", any: "reviewer" },
  "job.check": "operator",
  "job.tag": { own: "operator", any: "reviewer" },
  "job.limits": { own: "operator", any: "reviewer" },
  "job.comment": "operator",
  "job.ask-again": { own: "operator", any: "reviewer" },
  "job.replace": { own: "operator", any: "reviewer" },
  "job.confirm": "reviewer",
  "job.send-back": "reviewer",
  "policy.read": "viewer",
  "policy.write": "admin",
  "connection.read": "viewer",
  "connection.write": "admin",
  "webhook.secret": "admin",
  "worker.read": "viewer",
  "access-key.own": "viewer",
  "access-key.any": "admin",
  "notification.own": "viewer",
  "notification.webhook": "admin",
  "audit.read": "admin",
  "account.own": "viewer",
  "person.read": "admin",
  "person.write": "admin",
};
const roles: readonly PersonRole[] = ["viewer", "operator", "reviewer", "admin"];
const least = (role: PersonRole, needed: PersonRole) => roles.indexOf(role) >= roles.indexOf(needed);

it("has a row for each verb there is", () => {
  expect(Object.keys(table).sort()).toEqual([...verbs].sort());
});

describe.each(verbs)("%s", (verb) => {
  const needed = table[verb];
  const [own, any] = typeof needed === "string" ? [needed, needed] : [needed.own, needed.any];
  test.each(roles)("%s", (role) => {
    expect(can(role, verb)).toBe(least(role, own));
    expect(can(role, verb, "any")).toBe(least(role, any));
    expect(canOnJob({ userId: "ada", role }, verb, { createdById: "ada" })).toBe(least(role, own));
    expect(canOnJob({ userId: "ada", role }, verb, { createdById: "bob" })).toBe(least(role, any));
    // Whose creator has left: nobody's own.
    expect(canOnJob({ userId: "ada", role }, verb, { createdById: null })).toBe(least(role, any));
    const ask = () => demand({ caller: { role } }, verb);
    if (least(role, own)) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: "Forbidden", message: expect.stringContaining(`the least role that may is ${own}`) }) as AppError);
  });
});

it("says whose job it is, and whom to ask", () => {
  expect(refusalOnJob("operator", "job.cancel", "Bob (bob@example.com)")).toBe(
    "Bob (bob@example.com) created this job. Your role (operator) may cancel jobs only where the job is your own: ask Bob (bob@example.com), a reviewer or an administrator.",
  );
  expect(refusalOnJob("operator", "job.priority", null)).toBe(
    "Whoever created this job has left. Your role (operator) may change a job's priority only where the job is your own: ask a reviewer or an administrator.",
  );
});
