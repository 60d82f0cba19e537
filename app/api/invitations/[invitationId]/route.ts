import { route } from "#lib/http/route.ts";
import { withdrawInvitation } from "#lib/people/withdraw-invitation.ts";

export const DELETE = route<{ invitationId: string }>(({ ctx, params }) => withdrawInvitation(ctx, params.invitationId));
