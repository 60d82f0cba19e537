import { describe, expect, test } from "vitest";
import type { AppError } from "../errors.ts";
import { can, demand, type PersonRole, type Verb } from "./permissions.ts";

const table: [Verb, Record<PersonRole, boolean>][] = [
  ["job.read", { viewer: true, operator: true, reviewer: true, admin: true }],
  ["job.create", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.cancel", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.priority", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.tag", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.comment", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.ask-again", { viewer: false, operator: true, reviewer: true, admin: true }],
  ["job.send-back", { viewer: false, operator: false, reviewer: true, admin: true }],
  ["job.confirm", { viewer: false, operator: false, reviewer: true, admin: true }],
  ["connection.read", { viewer: true, operator: true, reviewer: true, admin: true }],
  ["connection.write", { viewer: false, operator: false, reviewer: false, admin: true }],
  ["webhook.secret", { viewer: false, operator: false, reviewer: false, admin: true }],
  ["access-key.own", { viewer: true, operator: true, reviewer: true, admin: true }],
  ["access-key.any", { viewer: false, operator: false, reviewer: false, admin: true }],
  ["notification.own", { viewer: true, operator: true, reviewer: true, admin: true }],
  ["notification.webhook", { viewer: false, operator: false, reviewer: false, admin: true }],
];

describe.each(table)("%s", (verb, expected) => {
  test.each(Object.entries(expected) as [PersonRole, boolean][])("%s: %s", (role, allowed) => {
    expect(can(role, verb)).toBe(allowed);
    const ask = () => demand({ caller: { role } }, verb);
    if (allowed) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: "Forbidden", message: expect.stringContaining(role) }) as AppError);
  });
});
