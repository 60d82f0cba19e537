import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { type LogScope, logScope } from "../log-scope.ts";
import { guarded } from "./guarded.ts";
import { httpMeter, noteAnswer } from "./http-meter.ts";

let logged: LogScope | undefined;
beforeAll(() => {
  // Nothing listens there.
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none");
  vi.stubEnv("LONGSHORE_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  vi.spyOn(log, "error").mockImplementation(() => {
    logged = logScope();
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const request = (headers: Record<string, string> = {}) => new Request("http://console.test/api/jobs", { headers });
const idOf = (answer: Response) => answer.headers.get("x-request-id");

it.each([
  ["an answer", () => new Response("ok"), 200],
  ["a refusal", () => Promise.reject(new AppError("NotFound", "There is none")), 404],
  ["an answer that may not be changed", () => Response.redirect("http://console.test/"), 302],
])("%s has the request's id, which the handler's log lines have as well", async (_name, handle, status) => {
  let scope: LogScope | undefined;
  const answer = await guarded(request(), async (requestId) => {
    scope = logScope();
    expect(scope?.requestId).toBe(requestId);
    return handle();
  });
  expect(answer.status).toBe(status);
  expect(idOf(answer)).toMatch(/^[\da-f-]{36}$/);
  expect(scope).toEqual({ requestId: idOf(answer) });
});

it("what nobody foresaw is logged under the id that the answer has", async () => {
  const answer = await guarded(request(), () => Promise.reject(new Error("password=hunter2")));
  expect(answer.status).toBe(503);
  expect(logged).toEqual({ requestId: idOf(answer) });
  expect(await answer.text()).not.toContain("hunter2");
});

it("two requests at once keep their ids apart", async () => {
  const seen = await Promise.all(
    [1, 2].map(async () => {
      const scopes: unknown[] = [];
      const answer = await guarded(request(), async () => {
        scopes.push(logScope()?.requestId);
        await new Promise((resolve) => setImmediate(resolve));
        scopes.push(logScope()?.requestId);
        return new Response();
      });
      return [idOf(answer), ...scopes];
    }),
  );
  for (const [answered, ...scopes] of seen) expect(scopes).toEqual([answered, answered]);
  expect(seen[0]?.[0]).not.toBe(seen[1]?.[0]);
});

it("a proxy's id stands beside ours in the log, and nobody chooses ours", async () => {
  const scopes: (LogScope | undefined)[] = [];
  for (const given of ["proxy-7", 'x"}, {"level":"fatal', "a".repeat(200)]) {
    const answer = await guarded(request({ "x-request-id": given }), async () => {
      scopes.push(logScope());
      return new Response();
    });
    expect(idOf(answer)).not.toContain(given);
  }
  expect(scopes.map((scope) => scope?.proxyRequestId)).toEqual(["proxy-7", undefined, undefined]);
});

it("is counted under its route", async () => {
  const answer = await guarded(request(), async () => new Response(), "/api/jobs/{jobId}");
  const meter = httpMeter();
  noteAnswer(meter, { method: "GET", target: "/api/jobs/7", status: 200, requestId: idOf(answer) ?? undefined, seconds: 0.01 });
  expect([...meter.answered.keys()]).toContain("GET /api/jobs/{jobId} 200");
});

it("a line of the log is JSON with the request's id", () => {
  const script = `import { log } from "./lib/log.ts"; import { inScope } from "./lib/log-scope.ts";
    inScope({ requestId: "r1", jobId: "j0" }, () => log.warn({ jobId: "j1" }, "in it")); log.warn("outside");`;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: new URL("../..", import.meta.url), encoding: "utf8" });
  const [inside, outside] = said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(inside).toMatchObject({ level: "warn", requestId: "r1", jobId: "j1", msg: "in it" });
  // Each name is there once.
  expect(said.match(/jobId/g)).toHaveLength(1);
  expect(outside).not.toHaveProperty("requestId");
});
