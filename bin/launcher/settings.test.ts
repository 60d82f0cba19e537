import { describe, expect, test } from "vitest";
import { parseLaunchSettings } from "./settings.ts";

describe("parseLaunchSettings", () => {
  test("starts everything of its own when nothing is set", () => {
    expect(parseLaunchSettings({})).toMatchObject({ port: 3000, databaseUrl: undefined, sandbox: true, durable: true });
  });
  test("leaves the sandbox out where a database is given, unless it is asked for", () => {
    const DATABASE_URL = "postgresql://me@db.example/longshore";
    expect(parseLaunchSettings({ DATABASE_URL }).sandbox).toBe(false);
    expect(parseLaunchSettings({ DATABASE_URL, LONGSHORE_SANDBOX: "on" }).sandbox).toBe(true);
  });
  test("takes an empty value for unset", () => {
    expect(parseLaunchSettings({ DATABASE_URL: "", PORT: "" })).toMatchObject({ port: 3000, sandbox: true });
  });
  test("does not change the account behind anybody's back when the secret is changed", () => {
    const LONGSHORE_SECRET_PREVIOUS = "a former secret of at least thirty-two characters";
    expect(() => parseLaunchSettings({ LONGSHORE_SECRET_PREVIOUS })).toThrow(/Set LONGSHORE_ACCOUNT_ID/);
    expect(parseLaunchSettings({ LONGSHORE_SECRET_PREVIOUS, LONGSHORE_ACCOUNT_ID: "123456789012" }).accountId).toBe("123456789012");
  });
  test.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://x/y"],
    ["LONGSHORE_SECRET", "short"],
    ["LONGSHORE_ACCOUNT_ID", "12"],
    ["LONGSHORE_SANDBOX", "maybe"],
  ])("names the wrong setting: %s=%s", (name, value) => {
    expect(() => parseLaunchSettings({ [name]: value })).toThrow(new RegExp(`^Settings are wrong[^]*  ${name}: `));
  });
});
