import { openRoute } from "#lib/http/open-route.ts";
import { acceptInvitation } from "#lib/people/accept-invitation.ts";

export const POST = openRoute(acceptInvitation);
