"use client";
import { useRef, useState } from "react";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { signIn } from "./sign-in.ts";

/**
 * @param target a path of the console, checked by the server
 * @param focused whether it is what most people come for
 */
export function SignInForm({ target, focused = true }: { target: string; focused?: boolean }) {
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [failure, setFailure] = useState<string | null>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (form: FormData) => {
    const values = { email: String(form.get("email") ?? "").trim(), password: String(form.get("password") ?? "") };
    const gaps = { ...(!values.email && { email: "Enter your e-mail address" }), ...(!values.password && { password: "Enter your password" }) };
    setMissing(gaps);
    setFailure(null);
    if (gaps.email || gaps.password) return;
    setBusy(true);
    const refusal = await signIn(values);
    if (refusal === null) {
      window.location.assign(target);
      return;
    }
    setBusy(false);
    setFailure(refusal);
    password.current?.select();
  };

  return (
    // The method keeps a password out of the address, should the form be sent before the page is ready.
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit(new FormData(event.currentTarget));
      }}
    >
      {failure && <Alert tone="danger">{failure}</Alert>}
      <Field label="E-mail" required error={missing.email}>
        <Input name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus={focused} />
      </Field>
      <Field label="Password" required error={missing.password}>
        <Input ref={password} name="password" type="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" variant="primary" loading={busy} className="mt-1 w-full">
        Sign in
      </Button>
    </form>
  );
}
