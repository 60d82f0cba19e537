import { oidcProviderId } from "../auth/oidc/oidc-provider-id.ts";
import type { SignInMethod } from "./person-views.ts";

export const methodsOf = (accounts: readonly { providerId: string }[]): SignInMethod[] => [
  ...(accounts.some(({ providerId }) => providerId === "credential") ? (["password"] as const) : []),
  ...(accounts.some(({ providerId }) => providerId === oidcProviderId) ? (["provider"] as const) : []),
];
