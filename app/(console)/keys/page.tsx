import type { Metadata } from "next";
import { headers } from "next/headers";
import { env } from "#lib/env.ts";
import { hostOf, isSecure } from "#lib/http/origin.ts";
import { AccessKeysScreen } from "../../../components/access-keys/access-keys-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Access keys" };

export default async function AccessKeys() {
  await demandPerson();
  const { LONGSHORE_URL, LONGSHORE_ACCOUNT_ID } = env();
  const requestHeaders = await headers();
  const scheme = isSecure(requestHeaders, LONGSHORE_URL) ? "https" : "http";
  return <AccessKeysScreen endpoint={`${scheme}://${hostOf(requestHeaders, LONGSHORE_URL)}`} accountId={LONGSHORE_ACCOUNT_ID} />;
}
