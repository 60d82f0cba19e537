import type { Metadata } from "next";
import { runtime } from "#lib/http/runtime.ts";
import { linkWords, openPasswordReset } from "#lib/people/open-link.ts";
import { LinkProblem } from "../../../../components/people/link-problem.tsx";
import { NewPasswordForm } from "../../../../components/people/new-password-loader.tsx";
import { AuthPage } from "../../../../components/shell/auth-page.tsx";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const opened = await openPasswordReset(runtime().db, token, new Date());
  if (opened.state !== "open") return <LinkProblem title="This link does not work" words={linkWords.reset[opened.state]} />;
  return (
    <AuthPage title="Choose a new password" lead="All your sessions end, and you are signed in here.">
      <NewPasswordForm token={token} email={opened.email} name={null} />
    </AuthPage>
  );
}
