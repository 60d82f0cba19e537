import { expect, test } from "vitest";
import { isAccessKeyId } from "#lib/auth/access-keys/new-key-pair.ts";
import { deriveIdentity } from "./identity.ts";

const secret = "0123456789abcdef0123456789abcdef";

test("the same secret gives the same identity, another secret another one", () => {
  expect(deriveIdentity(secret)).toEqual(deriveIdentity(secret));
  const [one, other] = [deriveIdentity(secret), deriveIdentity(`${secret}x`)];
  expect(one.accountId).not.toBe(other.accountId);
  expect(one.admin.password).not.toBe(other.admin.password);
  expect(one.sandbox.console.secretAccessKey).not.toBe(other.sandbox.console.secretAccessKey);
});

test("no two secrets in it are alike, and none is the installation's", () => {
  const { admin, sandbox, accessKey } = deriveIdentity(secret);
  const secrets = [admin.password, accessKey.secretAccessKey, sandbox.console.secretAccessKey, sandbox.role.secretAccessKey, secret];
  expect(new Set(secrets).size).toBe(secrets.length);
});

test("ids have the form that AWS's clients accept", () => {
  const { accountId, roleArn, admin, accessKey } = deriveIdentity(secret);
  expect(isAccessKeyId(accessKey.accessKeyId)).toBe(true);
  expect(accountId).toMatch(/^\d{12}$/);
  expect(roleArn).toBe(`arn:aws:iam::${accountId}:role/longshore-sandbox`);
  expect(admin.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  expect(deriveIdentity(secret, "123456789012").accountId).toBe("123456789012");
});
