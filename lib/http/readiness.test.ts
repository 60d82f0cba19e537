import { expect, it } from "vitest";
import { readiness } from "./readiness.ts";

let asked = 0;
let later = 0;
const db = (answers: boolean) => ({
  $queryRaw: (() => {
    asked += 1;
    return answers ? Promise.resolve([]) : Promise.reject(new Error("password authentication failed for longshore@db.internal"));
  }) as never,
});
const [starts, fails] = [() => Promise.resolve({}), () => Promise.reject(new Error("secret of the queue"))];

it.each([
  { answers: true, boss: starts, told: { ready: true } },
  { answers: false, boss: starts, told: { ready: false, reason: "The database does not answer." } },
  { answers: true, boss: fails, told: { ready: false, reason: "The queue has not started." } },
])("tells anybody no more than %o", async ({ answers, boss, told }) => {
  later += 10_000;
  expect(await readiness({ db: db(answers), boss }, later)).toEqual(told);
});

it("asks the database once a second, however often it is asked", async () => {
  asked = 0;
  later += 10_000;
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => readiness({ db: db(true), boss: starts }, later + index * 9)));
  expect(answers.every(({ ready }) => ready)).toBe(true);
  expect(asked).toBe(1);
  await readiness({ db: db(true), boss: starts }, later + 1_000);
  expect(asked).toBe(2);
});
