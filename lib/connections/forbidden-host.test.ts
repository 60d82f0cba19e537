import { expect, test } from "vitest";
import { isForbiddenHost } from "./forbidden-host.ts";

const hostOf = (url: string): string => new URL(url).hostname;

test.each([
  "http://169.254.169.254",
  "http://2852039166",
  "http://0xA9.0xFE.0xA9.0xFE",
  "http://[fe80::1]",
  "http://[febf::1]",
  "http://[::ffff:169.254.169.254]",
  "http://[::169.254.169.254]",
  "http://[fd00:ec2::254]",
  "http://metadata.google.internal",
  "http://metadata.google.internal.",
])("%s is refused", (url) => {
  expect(isForbiddenHost(hostOf(url))).toBe(true);
});

test("addresses as DNS writes them are refused too", () => {
  expect(isForbiddenHost("::ffff:169.254.1.2")).toBe(true);
  expect(isForbiddenHost("fe80::1%eth0")).toBe(true);
});

test.each([
  "http://127.0.0.1:9000",
  "http://localhost:9000",
  "http://[::1]:9000",
  "https://s3.eu-central-1.amazonaws.com",
  "http://10.0.0.5",
  "http://[fd00::5]",
  "http://169.255.0.1",
  "http://[2001:db8::a9fe:1]",
])("%s is allowed", (url) => {
  expect(isForbiddenHost(hostOf(url))).toBe(false);
});
