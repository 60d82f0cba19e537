import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signInErrorWords } from "#lib/auth/oidc/sign-in-error-words.ts";
import { env } from "#lib/env.ts";
import { runtime } from "#lib/http/runtime.ts";
import { safePath } from "#lib/http/safe-path.ts";
import { AuthPage } from "../../../components/shell/auth-page.tsx";
import { Or, ProviderButton } from "../../../components/shell/provider-button.tsx";
import { SignInForm } from "../../../components/shell/sign-in-form.tsx";
import { Alert } from "../../../components/ui/alert.tsx";
import { Code } from "../../../components/ui/code.tsx";
import { localFile } from "../../server/local-file.ts";
import { currentPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInQuery {
  next?: string | string[];
  /** Why the provider's people were not let in: a code, told in words of ours alone. */
  error?: string | string[];
}

export default async function SignIn({ searchParams }: { searchParams: Promise<SignInQuery> }) {
  const { next, error } = await searchParams;
  const target = safePath(typeof next === "string" ? next : undefined);
  if (await currentPerson()) redirect(target);
  const file = await localFile(await headers());
  const { oidc } = runtime();
  const passwords = env().LONGSHORE_PASSWORD_SIGN_IN === "on";
  return (
    <AuthPage
      title="Sign in"
      lead="Batch operations on any S3-compatible store"
      below={
        file ? (
          <>
            On this machine, the first administrator’s e-mail and password are in <Code className="text-text">{file}</Code>
          </>
        ) : (
          "No account? Ask an administrator for one."
        )
      }
    >
      {typeof error === "string" && (
        <Alert tone="danger" className="mb-4">
          {signInErrorWords(error)}
        </Alert>
      )}
      {oidc && <ProviderButton name={oidc.name} target={target} primary={!passwords} />}
      {oidc && passwords && <Or />}
      {passwords ? (
        <SignInForm target={target} focused={oidc === null} />
      ) : (
        <details className="mt-5">
          <summary className="w-fit cursor-pointer rounded text-note text-text-muted hover:text-text">Administrators can use a password</summary>
          <div className="mt-4">
            <SignInForm target={target} focused={false} />
          </div>
        </details>
      )}
    </AuthPage>
  );
}
