import { expect, test } from "./fixtures.ts";

test("tells supervisors and load balancers, without a session, that it lives and is ready", async ({ request }) => {
  const alive = await request.get("/healthz");
  expect([alive.status(), await alive.text()]).toEqual([200, "ok\n"]);
  const ready = await request.get("/readyz");
  expect([ready.status(), await ready.json()]).toEqual([200, { status: "ready" }]);
});
