import { afterEach, expect, test, vi } from "vitest";
import { log } from "#lib/log.ts";
import { onRequestError } from "./instrumentation.ts";

afterEach(() => vi.unstubAllEnvs());

test("what a page threw is in the log with the digest that its error page says, and without the link's token", async () => {
  vi.stubEnv("NEXT_RUNTIME", "nodejs");
  const logged = vi.spyOn(log, "error").mockImplementation(() => undefined);
  const error = Object.assign(new Error("no database"), { digest: "1234567890" });
  const request = { method: "GET", path: "/invitation/a-secret-token", headers: {} };
  await onRequestError(error, request, {
    routePath: "/invitation/[token]",
    routeType: "render",
    routerKind: "App Router",
    renderSource: "server-rendering",
  } as never);
  expect(logged).toHaveBeenCalledExactlyOnceWith({ method: "GET", path: "/invitation/[token]", digest: "1234567890", err: error }, "a page could not be shown");
});
