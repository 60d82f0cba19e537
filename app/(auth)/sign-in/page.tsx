import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { safePath } from "#lib/http/safe-path.ts";
import { Logo } from "../../../components/shell/logo.tsx";
import { SignInForm } from "../../../components/shell/sign-in-form.tsx";
import { Code } from "../../../components/ui/code.tsx";
import { localFile } from "../../server/local-file.ts";
import { currentPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignIn({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const target = safePath(typeof next === "string" ? next : undefined);
  if (await currentPerson()) redirect(target);
  const file = await localFile(await headers());
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[23rem]">
        <div className="mb-7 flex flex-col items-center gap-5 text-center">
          <Logo className="text-lg [&_svg]:size-9" />
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
            <p className="mt-0.5 text-text-muted">Batch operations on any S3-compatible store</p>
          </div>
        </div>
        <div className="rounded-xl border border-border bg-surface p-6">
          <SignInForm target={target} />
        </div>
        {file ? (
          <p className="mx-auto mt-5 max-w-80 text-balance text-center text-note text-text-muted">
            On this machine, the first administrator’s e-mail and password are in <Code className="text-text">{file}</Code>
          </p>
        ) : (
          <p className="mt-5 text-center text-note text-text-muted">No account? Ask an administrator for one.</p>
        )}
      </div>
    </main>
  );
}
