import { describe, expect, test } from "vitest";
import { type ConnectionInput, connectionSchema, connectionUpdateSchema, roleSchema } from "./connection-schema.ts";

const good: ConnectionInput = {
  name: "Archive",
  endpoint: "https://s3.example.com",
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: "secret",
  workBucket: "work",
  workPrefix: ".longshore/",
};

const messageFor = (change: Partial<ConnectionInput>, field: keyof ConnectionInput): string | undefined =>
  connectionSchema.safeParse({ ...good, ...change }).error?.issues.find((issue) => issue.path[0] === field)?.message;

describe("endpoint", () => {
  test.each(["http://127.0.0.1:9000", "http://localhost:9000/", "https://s3.eu-central-1.amazonaws.com", "https://store.example.com/s3"])(
    "%s is accepted",
    (endpoint) => {
      expect(messageFor({ endpoint }, "endpoint")).toBeUndefined();
    },
  );

  test.each([
    ["", /Enter the endpoint/],
    ["s3.example.com", /begins with https/],
    ["localhost:9000", /begins with https/],
    ["ftp://s3.example.com", /begins with https/],
    ["file:///etc/passwd", /begins with https/],
    ["https://key:secret@s3.example.com", /Leave the keys out/],
    ["https://s3.example.com/?x=1", /\? or #/],
    ["https://s3.example.com/#x", /\? or #/],
  ])("%j is refused", (endpoint, words) => {
    expect(messageFor({ endpoint }, "endpoint")).toMatch(words);
  });

  test("loses the slash at its end", () => {
    expect(connectionSchema.parse({ ...good, endpoint: "https://s3.example.com/" }).endpoint).toBe("https://s3.example.com");
  });
});

test("the work prefix ends with a slash, unless it is empty", () => {
  expect(connectionSchema.parse({ ...good, workPrefix: "a/b" }).workPrefix).toBe("a/b/");
  expect(connectionSchema.parse({ ...good, workPrefix: "" }).workPrefix).toBe("");
  expect(messageFor({ workPrefix: "/a" }, "workPrefix")).toMatch(/slash/);
});

test("the work bucket is a name alone", () => {
  for (const workBucket of ["s3://work", "work/area", "a"]) expect(messageFor({ workBucket }, "workBucket"), workBucket).toMatch(/name alone/);
});

test("a new connection needs a secret; a changed one may keep its own", () => {
  expect(messageFor({ secretAccessKey: "" }, "secretAccessKey")).toMatch(/Enter the secret/);
  expect(connectionUpdateSchema.parse({ ...good, secretAccessKey: "" }).secretAccessKey).toBeUndefined();
  expect(connectionUpdateSchema.parse({ ...good, secretAccessKey: "new" }).secretAccessKey).toBe("new");
});

test("nothing unknown comes through", () => {
  expect(connectionSchema.safeParse({ ...good, secretEncrypted: "x" }).success).toBe(false);
});

test("a role's ARN is checked", () => {
  const role = {
    arn: "arn:aws:iam::123456789012:role/path/name",
    connectionId: "1b671a64-40d5-491e-99b0-da01ff1f3341",
    accessKeyId: "A",
    secretAccessKey: "s",
  };
  expect(roleSchema.safeParse(role).success).toBe(true);
  for (const arn of [
    "",
    "name",
    "arn:aws:iam::123:role/name",
    "arn:aws:iam::123456789012:user/name",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:iam::123456789012:role/a b",
  ]) {
    expect(roleSchema.safeParse({ ...role, arn }).success, arn).toBe(false);
  }
});

test("certificates are pasted without a key, and an empty field is none", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
  expect(messageFor({ caCertificate: pem }, "caCertificate")).toBeUndefined();
  expect(messageFor({ caCertificate: `${pem}\n-----BEGIN EC PRIVATE KEY-----` }, "caCertificate")).toMatch(/private key/);
  expect(messageFor({ caCertificate: "MII" }, "caCertificate")).toMatch(/PEM/);
  expect(connectionSchema.parse({ ...good, caCertificate: " " }).caCertificate).toBeNull();
  expect(connectionSchema.parse(good).caCertificate).toBeUndefined();
});

test("limits are whole numbers from one on, or none", () => {
  for (const cap of [null, 1, 100_000]) expect(messageFor({ maxInFlight: cap }, "maxInFlight")).toBeUndefined();
  for (const cap of [0, -1, 1.5, 100_001, Number.NaN]) expect(messageFor({ maxInFlight: cap }, "maxInFlight"), String(cap)).toBeDefined();
});
