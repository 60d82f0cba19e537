import { expect, test } from "vitest";
import { parseEnv } from "../../env.ts";
import { oidcSettings } from "./oidc-settings.ts";

const base = { DATABASE_URL: "postgresql://h/db", LONGSHORE_SECRET: "a".repeat(32), LONGSHORE_ACCOUNT_ID: "123456789012" };
const three = { LONGSHORE_OIDC_ISSUER: "https://login.example.com/realms/main", LONGSHORE_OIDC_CLIENT_ID: "longshore", LONGSHORE_OIDC_CLIENT_SECRET: "s" };
const parse = (more: Record<string, string>) => parseEnv({ ...base, ...more } as unknown as NodeJS.ProcessEnv);

test("a provider is set by three settings, with a name for its button and nobody who just comes", () => {
  const settings = { issuer: three.LONGSHORE_OIDC_ISSUER, clientId: "longshore", clientSecret: "s", name: "single sign-on", role: null };
  expect(oidcSettings(parse(three))).toEqual(settings);
  expect(oidcSettings(parse({ ...three, LONGSHORE_OIDC_NAME: "Example login", LONGSHORE_OIDC_ROLE: "viewer" }))).toEqual({
    ...settings,
    name: "Example login",
    role: "viewer",
  });
});

test("none is set where lines of a .env file were left empty", () => {
  const empty = {
    LONGSHORE_OIDC_ISSUER: "",
    LONGSHORE_OIDC_CLIENT_ID: "",
    LONGSHORE_OIDC_CLIENT_SECRET: "",
    LONGSHORE_OIDC_NAME: "",
    LONGSHORE_PASSWORD_SIGN_IN: "",
  };
  expect(oidcSettings(parse(empty))).toBeNull();
  expect(parse(empty)).toMatchObject({ LONGSHORE_PASSWORD_SIGN_IN: "on" });
});

test.each([
  [{ ...three, LONGSHORE_OIDC_CLIENT_ID: "" }, "LONGSHORE_OIDC_CLIENT_ID"],
  [{ LONGSHORE_OIDC_ISSUER: three.LONGSHORE_OIDC_ISSUER }, "LONGSHORE_OIDC_CLIENT_SECRET"],
  [{ ...three, LONGSHORE_OIDC_ISSUER: "http://login.example.com" }, "LONGSHORE_OIDC_ISSUER"],
  [{ ...three, LONGSHORE_OIDC_ISSUER: "login.example.com" }, "LONGSHORE_OIDC_ISSUER"],
  [{ ...three, LONGSHORE_OIDC_ROLE: "admin" }, "LONGSHORE_OIDC_ROLE"],
  [{ LONGSHORE_PASSWORD_SIGN_IN: "off" }, "LONGSHORE_PASSWORD_SIGN_IN"],
])("%o is refused at start, by name", (more, name) => expect(() => parse(more)).toThrow(name));
