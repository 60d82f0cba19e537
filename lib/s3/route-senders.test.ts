import { expect, it } from "vitest";
import type { TaskRequest } from "../operations/operation.ts";
import { routeSenders } from "./route-senders.ts";
import type { Away, Outcome, TaskSender } from "./task-sender.ts";

const request: TaskRequest = { method: "GET", bucket: "b", key: "k", query: {}, headers: {}, body: "" };
const group = { cutShort: false };

/** A sender that only says who it is. */
function fake(name: string, away: Away | null = null) {
  const calls: string[] = [];
  const sender: TaskSender = {
    trySend: () => calls.push("trySend") > 0,
    send: () => void calls.push("send"),
    hurry: () => void calls.push("hurry"),
    cutShort: () => void calls.push("cutShort"),
    answers: async () => name === "home",
    away: () => away,
    close: () => void calls.push("close"),
  };
  return { sender, calls };
}

it("sends each request to the store of its role, and none to another", async () => {
  const [home, there] = [fake("home"), fake("there")];
  const senders = routeSenders(home.sender, new Map([["role", there.sender]]));
  senders.send(request, group, () => undefined);
  senders.trySend({ ...request, role: "role" }, group, () => undefined);
  const outcome = await new Promise<Outcome>((resolve) => senders.send({ ...request, role: "unknown" }, group, resolve));
  expect(outcome).toMatchObject({ kind: "failed", code: "RoleNotFound" });
  senders.hurry(group);
  senders.cutShort(group);
  senders.close();
  expect(home.calls).toEqual(["send", "hurry", "cutShort", "close"]);
  expect(there.calls).toEqual(["trySend", "hurry", "cutShort", "close"]);
});

it("is away when one of its stores is", () => {
  const away = { since: 1, reason: "gone" };
  expect(routeSenders(fake("home").sender, new Map([["role", fake("there", away).sender]])).away()).toBe(away);
  expect(routeSenders(fake("home").sender, new Map()).away()).toBeNull();
});
