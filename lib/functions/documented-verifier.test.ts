import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { signatureHeaders, webhookSecret } from "./webhook-signature.ts";

/** The very lines that docs/functions.md tells people to copy. */
const code = /```js\n([\s\S]*?)```/.exec(readFileSync(new URL("../../docs/functions.md", import.meta.url), "utf8"))?.[1] ?? "";

it("lets a receiver tell our requests from others by the documented lines", async () => {
  const { isFromLongshore } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  const url = "https://hooks.example.com/objects";
  const secret = webhookSecret(url, "an installation's secret of 32 characters");
  const other = webhookSecret("https://example.com", "an installation's secret of 32 characters");
  const now = Date.parse("2026-11-28T12:00:00Z");
  const body = '{"tasks":["ü"]}';
  const headers = signatureHeaders("invocation", body, secret, now);
  expect(isFromLongshore(headers, body, secret, now)).toBe(true);
  expect(isFromLongshore({ ...headers, "webhook-signature": `v1,AAAA ${headers["webhook-signature"]}` }, body, secret, now + 60_000)).toBe(true);
  // While the installation's secret is being changed, receivers may know the former one or the present one.
  const both = signatureHeaders("invocation", body, [other, secret], now);
  expect(isFromLongshore(both, body, secret, now)).toBe(true);
  expect(isFromLongshore(both, body, other, now)).toBe(true);
  expect(isFromLongshore(headers, `${body} `, secret, now)).toBe(false);
  expect(isFromLongshore(headers, body, other, now)).toBe(false);
  expect(isFromLongshore(headers, body, secret, now + 301_000)).toBe(false);
  expect(isFromLongshore({ ...headers, "webhook-timestamp": String(now / 1000 + 1) }, body, secret, now)).toBe(false);
  expect(isFromLongshore({}, body, secret, now)).toBe(false);
});
