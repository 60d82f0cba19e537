import type { Endpoint } from "../openapi/endpoints.ts";
import { acceptInvitationSchema, changePasswordSchema, inviteSchema, resetPasswordSchema, updateAccountSchema, updatePersonSchema } from "./person-schemas.ts";

const views = (type: string) => `${type} of lib/people/person-views.ts`;
const gone = "null";
const link = views("LinkView: the only answer that holds the link");
const signIn = "{email}: whom to sign in";

/** The requests about people, for lib/openapi/endpoints.ts */
export const peopleEndpoints: readonly Endpoint[] = [
  { method: "GET", path: "/people", summary: "List people and invitations", answer: views("PeopleView") },
  { method: "PATCH", path: "/people/{userId}", summary: "Change a person's name or role", body: updatePersonSchema, answer: gone },
  { method: "POST", path: "/people/{userId}/disable", summary: "Keep a person out", answer: gone },
  { method: "POST", path: "/people/{userId}/enable", summary: "Let a person in again", answer: gone },
  { method: "POST", path: "/people/{userId}/password-reset", summary: "Make a link by which a person chooses a new password", answer: link },
  { method: "GET", path: "/people/{userId}/sessions", summary: "List a person's sessions", answer: views("SessionView[]") },
  { method: "DELETE", path: "/people/{userId}/sessions", summary: "End all of a person's sessions", answer: gone },
  { method: "DELETE", path: "/people/{userId}/sessions/{sessionId}", summary: "End a person's session", answer: gone },
  { method: "POST", path: "/invitations", summary: "Invite somebody", body: inviteSchema, answer: link },
  { method: "DELETE", path: "/invitations/{invitationId}", summary: "Withdraw an invitation", answer: gone },
  { method: "POST", path: "/invitations/{invitationId}/link", summary: "Make a new link for an invitation", answer: link },
  { method: "GET", path: "/account", summary: "The caller's own account", answer: views("AccountView") },
  { method: "PATCH", path: "/account", summary: "Change the caller's own name", body: updateAccountSchema, answer: gone },
  {
    method: "POST",
    path: "/account/password",
    summary: "Change the caller's own password; their other sessions end",
    body: changePasswordSchema,
    answer: gone,
  },
  { method: "GET", path: "/account/sessions", summary: "List the caller's own sessions", answer: views("SessionView[]") },
  { method: "DELETE", path: "/account/sessions", summary: "End the caller's other sessions", answer: gone },
  { method: "DELETE", path: "/account/sessions/{sessionId}", summary: "End a session of the caller's own", answer: gone },
  {
    method: "POST",
    path: "/open/accept-invitation",
    summary: "Accept an invitation by its link's token",
    body: acceptInvitationSchema,
    answer: signIn,
    open: true,
  },
  { method: "POST", path: "/open/reset-password", summary: "Choose a new password by a link's token", body: resetPasswordSchema, answer: signIn, open: true },
  {
    method: "POST",
    path: "/auth/sign-in/social",
    summary: "Begin a sign-in by the OpenID provider, where one is set",
    answer: "{url}: where the provider asks who somebody is",
    open: true,
  },
];
