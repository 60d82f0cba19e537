import { readConfirmationPolicy, updateConfirmationPolicy } from "#lib/confirmation/confirmation-policy.ts";
import { route } from "#lib/http/route.ts";

/** → ConfirmationPolicyView */
export const GET = route(({ ctx }) => readConfirmationPolicy(ctx));

/** ConfirmationRules → ConfirmationPolicyView */
export const PUT = route(async ({ ctx, body }) => updateConfirmationPolicy(ctx, await body()));
