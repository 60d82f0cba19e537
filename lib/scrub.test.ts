import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { mostRecent, remember, scrub } from "./scrub.ts";

const token = "FwoGZXIvYXdzEBYaDK/+ab12cd34==";
const signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

describe("what looks like a secret", () => {
  test.each([
    ["a presigned URL", `https://s3/b/k?X-Amz-Date=2026&X-Amz-Security-Token=${encodeURIComponent(token)}&X-Amz-Signature=${signature}&x=1`, "x=1"],
    ["one that is encoded again", encodeURIComponent(`https://s3/b?X-Amz-Signature=${signature}&x=1`), "x%3D1"],
    ["a header", `x-amz-security-token: ${token}\r\nhost: s3`, "host: s3"],
    ["headers in JSON", JSON.stringify({ headers: { "x-amz-security-token": token, host: "s3" } }), "s3"],
    ["headers in JSON in JSON", JSON.stringify({ msg: JSON.stringify({ "X-Amz-Security-Token": token, host: "s3" }) }), "s3"],
    ["an Authorization header", `authorization: AWS4-HMAC-SHA256 Credential=AKIA/2026, SignedHeaders=host, Signature=${signature}`, "AKIA"],
    ["XML of STS", `<Credentials><SecretAccessKey>${token}</SecretAccessKey><SessionToken>${token}</SessionToken></Credentials>`, "Credentials"],
    ["basic authorization", `Authorization: Basic ${Buffer.from(`user:${token}`).toString("base64")}`, "Authorization"],
    ["a bearer", `Bearer ${signature}`, "Bearer"],
    ["a URL with a password", `connect to postgresql://user:${signature}@db:5432/x failed`, "postgresql://user:[hidden]@db:5432/x failed"],
    ["an SMTP URL", `smtps://mail%40example.com:${signature}@mail`, "mail%40example.com"],
    ["a cookie", `cookie: longshore.session_token=${signature}; other=${token}`, "cookie"],
    ["a webhook's secret", `secret whsec_${token}`, "whsec_[hidden]"],
    ["a webhook's signature", `{"webhook-signature":"v1,${token}"}`, "webhook-signature"],
    ["a form", `password=${signature}&email=a@b`, "email=a@b"],
    ["a private key", `-----BEGIN EC PRIVATE KEY-----\n${token}\n-----END EC PRIVATE KEY-----`, ""],
  ])("%s", (_what, text, left) => {
    const clean = scrub(text);
    for (const secret of [token, encodeURIComponent(token), signature, Buffer.from(`user:${token}`).toString("base64")]) expect(clean).not.toContain(secret);
    expect(clean).toContain("[hidden]");
    expect(clean).toContain(left);
  });

  test.each([
    "The request is not valid. password: has at least 12 characters",
    "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.",
    "The provided token has expired.",
    "https://hooks.example.com/a?b=c",
    "user@example.com has confirmed the job",
    '{"tasks":100,"key":"a/b c@d"}',
  ])("and not: %s", (text) => expect(scrub(text)).toBe(text));
});

test("what is known to be a secret is blotted out wherever it stands, however it is written", () => {
  const secret = remember('odd/secret+with"quotes and spaces');
  for (const text of [secret, encodeURIComponent(secret), JSON.stringify({ deep: { words: `it was ${secret}` } })]) {
    expect(scrub(`before ${text} after`)).not.toContain("odd");
  }
  expect(scrub("odd")).toBe("odd");
});

test("of two secrets, one within the other, nothing of the longer one is left", () => {
  for (const secret of ["the-inner-secret", "before-the-inner-secret-after", "the-inner-secret-after"]) remember(secret);
  expect(scrub("x before-the-inner-secret-after y")).toBe("x [hidden] y");
});

test("what was not used for the longest is forgotten, and the settings' secrets never are", () => {
  const settings = {
    LONGSHORE_SECRET: "the installation's secret, of 32 characters or more",
    LONGSHORE_SECRET_PREVIOUS: "the-former-secret-of-this-installation-1,the-former-secret-of-this-installation-2",
    DATABASE_URL: "postgresql://longshore:its%2Fpassword-here@db/longshore",
    LONGSHORE_SMTP_URL: "smtp://mail:the%2dmail%2Dpassword@mail.example.com",
    LONGSHORE_OIDC_CLIENT_SECRET: "the-client-secret",
    LONGSHORE_METRICS_TOKEN: "the-token-of-the-metrics",
  };
  const others = {
    LONGSHORE_ACCOUNT_ID: "123456789012",
    LONGSHORE_MAIL_FROM: "a@example.com",
    LONGSHORE_OIDC_ISSUER: "https://id.example.com",
    LONGSHORE_OIDC_CLIENT_ID: "longshore",
  };
  parseEnv({ ...settings, ...others, NODE_ENV: "test" });
  const ofStore = (number: number) => `secret-${number}-of-a-store`;
  // One that is a store's as well stays.
  remember(settings.LONGSHORE_OIDC_CLIENT_SECRET);
  for (let number = 0; number <= mostRecent; number += 1) {
    remember(ofStore(number));
    remember(ofStore(0));
  }
  expect(scrub(`${ofStore(0)} ${ofStore(2)} ${ofStore(mostRecent)}`)).toBe("[hidden] [hidden] [hidden]");
  expect(scrub(ofStore(1))).toBe(ofStore(1));

  const passwords = ["its/password-here", "its%2Fpassword-here", "the-mail-password", "the%2dmail%2Dpassword"];
  const { LONGSHORE_SECRET, LONGSHORE_SECRET_PREVIOUS, LONGSHORE_OIDC_CLIENT_SECRET, LONGSHORE_METRICS_TOKEN } = settings;
  for (const secret of [LONGSHORE_SECRET, ...LONGSHORE_SECRET_PREVIOUS.split(","), LONGSHORE_OIDC_CLIENT_SECRET, LONGSHORE_METRICS_TOKEN, ...passwords])
    expect(scrub(`It said ${secret}!`)).toBe("It said [hidden]!");
});

test("any text comes through, the same twice, and quickly", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const clean = scrub(`token ${text}`);
      expect(scrub(clean)).toBe(clean);
    }),
    { numRuns: 500 },
  );
});

test("a log line has none, at any depth, in causes and in words", () => {
  const lines: string[] = [];
  const log = createLog({ write: (line: string) => void lines.push(line) });
  const cause = Object.assign(new Error(`GET https://s3/b?X-Amz-Signature=${signature}`), { request: { headers: { "x-amz-security-token": token } } });
  log.error({ err: new Error("outer", { cause }), a: { b: { c: { d: { password: signature } } } } }, `postgresql://u:${signature}@h/d`);
  log.child({ jobId: "1" }).warn({ secretAccessKey: signature }, "child");
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).not.toContain(signature);
    expect(line).not.toContain(token);
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  }
});
