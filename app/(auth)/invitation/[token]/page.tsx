import type { Metadata } from "next";
import { env } from "#lib/env.ts";
import { runtime } from "#lib/http/runtime.ts";
import { linkWords, openInvitation } from "#lib/people/open-link.ts";
import { LinkProblem } from "../../../../components/people/link-problem.tsx";
import { NewPasswordForm } from "../../../../components/people/new-password-loader.tsx";
import { roleWords } from "../../../../components/people/role-words.ts";
import { AuthPage } from "../../../../components/shell/auth-page.tsx";
import { Or, ProviderButton } from "../../../../components/shell/provider-button.tsx";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { db, oidc } = runtime();
  const opened = await openInvitation(db, token, new Date());
  if (opened.state !== "open") return <LinkProblem title="This invitation does not work" words={linkWords.invitation[opened.state]} />;
  const { email, name, role } = opened;
  const passwords = env().LONGSHORE_PASSWORD_SIGN_IN === "on" || role === "admin";
  return (
    <AuthPage title="Welcome to Longshore" lead={`You are invited as ${roleWords[role].title.toLowerCase()}.`} below={roleWords[role].may}>
      {oidc && <ProviderButton name={oidc.name} target="/" primary={!passwords} />}
      {oidc && !passwords && <p className="mt-4 text-center text-note text-text-muted">With the address {email}, to which you were invited.</p>}
      {oidc && passwords && <Or />}
      {passwords && <NewPasswordForm token={token} email={email} name={name} />}
    </AuthPage>
  );
}
