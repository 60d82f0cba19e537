import { expect, it } from "vitest";
import { mayCall, urlProblem } from "./webhook-url.ts";

it.each([
  ["https://hooks.example.com/objects?x=1", null],
  ["http://hooks.example.com", null],
  ["hooks.example.com", "begins with https://"],
  ["ftp://hooks.example.com", "begins with https://"],
  ["https://", "begins with https://"],
  ["https://a b.example.com", "begins with https://"],
  ["https://hooks.example.com/\u0000", "begins with https://"],
  ["https://user:pass@hooks.example.com", "Leave user and password out"],
  ["https://hooks.example.com/#a", "from the # on"],
])("%j: %s", (url, problem) => (problem === null ? expect(urlProblem(url)).toBeNull() : expect(urlProblem(url)).toContain(problem)));

it.each([
  ["https://anywhere.example.com/x", null, true],
  ["http://127.0.0.1:8080/x", null, true],
  ["http://localhost/x", null, true],
  ["http://[::1]:9000/", null, true],
  ["http://127.0.0.1.example.com/", null, false],
  ["http://notlocalhost/", null, false],
  ["http://10.0.0.7/", null, false],
  ["https://hooks.example.com/x", ["hooks.example.com"], true],
  ["https://hooks.example.com:8443/x", ["hooks.example.com"], true],
  ["https://hooks.example.com:8443/x", ["hooks.example.com:9000"], false],
  ["https://HOOKS.example.com/x", ["Hooks.Example.com"], true],
  ["https://other.example.com/x", ["hooks.example.com"], false],
  ["https://a.b.example.com/x", ["*.example.com"], true],
  ["https://example.com/x", ["*.example.com"], false],
  ["https://evilexample.com/x", ["*.example.com"], false],
  ["http://hooks.example.com/x", ["hooks.example.com"], false],
  ["http://10.0.0.7:8080/x", ["http://10.0.0.7:8080"], true],
  ["https://10.0.0.7:8080/x", ["http://10.0.0.7:8080"], true],
  ["http://127.0.0.1/x", ["hooks.example.com"], false],
  ["https://anywhere.example.com/x", [], false],
  ["http://169.254.169.254/x", ["http://169.254.169.254"], false],
])("%s where %j are allowed: %s", (url, allowed, may) => expect(mayCall(url, allowed) === null).toBe(may));

it.each([
  "https://169.254.169.254/latest/meta-data",
  "http://2852039166/",
  "https://[::ffff:169.254.169.254]/",
  "https://metadata.google.internal/",
  "http://0.0.0.0/",
])("%s is called by nobody, whatever hosts are allowed", (url) => {
  for (const allowed of [null, [new URL(url).host], [`http://${new URL(url).host}`]]) expect(mayCall(url, allowed)).toContain("Link-local");
});
