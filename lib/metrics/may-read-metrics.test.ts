import { expect, it } from "vitest";
import { type MetricsRequest, mayReadMetrics } from "./may-read-metrics.ts";

const here: MetricsRequest = { remoteAddress: "127.0.0.1", headers: { host: "127.0.0.1:3000" }, token: undefined };
const token = "a token of some length";
const rows: [string, Partial<MetricsRequest>, boolean][] = [
  ["this machine", {}, true],
  ["this machine by IPv6", { remoteAddress: "::1", headers: { host: "[::1]:3000" } }, true],
  ["this machine by IPv4 on a socket of IPv6", { remoteAddress: "::ffff:127.0.0.1", headers: { host: "localhost:3000" } }, true],
  ["another machine", { remoteAddress: "10.0.0.7" }, false],
  ["a name that only looks like this machine's", { headers: { host: "127.0.0.1.evil.example" } }, false],
  ["a browser whose page's name points here", { headers: { host: "evil.example:3000" } }, false],
  ["no host", { headers: {} }, false],
  ["a proxy on this machine", { headers: { host: "127.0.0.1:3000", "x-forwarded-for": "203.0.113.9" } }, false],
  ["a proxy that says Via", { headers: { host: "127.0.0.1:3000", via: "1.1 proxy" } }, false],
  ["a silent proxy, known by the public address", { publicUrl: "https://longshore.example.com" }, false],
  ["a public address that is this machine's own", { publicUrl: "http://127.0.0.1:3000" }, true],
  ["this machine without the token that is set", { token }, false],
  ["the token, from anywhere", { token, remoteAddress: "10.0.0.7", headers: { host: "console", authorization: `Bearer ${token}` } }, true],
  ["a wrong token", { token, headers: { host: "127.0.0.1", authorization: "Bearer another" } }, false],
  ["the token without its scheme", { token, headers: { host: "127.0.0.1", authorization: token } }, false],
];

it.each(rows)("%s", (_name, more, may) => {
  expect(mayReadMetrics({ ...here, ...more })).toBe(may);
});
