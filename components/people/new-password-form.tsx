"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { acceptInvitationSchema, resetPasswordSchema } from "#lib/people/person-schemas.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { signIn } from "../shell/sign-in.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

export interface NewPasswordFormProps {
  token: string;
  email: string;
  /** As the invitation has it, to be changed; null: the name is not asked. */
  name: string | null;
}

const invitation = { schema: acceptInvitationSchema, path: "/api/open/accept-invitation", verb: "Accept and sign in" };
const reset = { schema: resetPasswordSchema, path: "/api/open/reset-password", verb: "Set the password and sign in" };

/** What somebody chooses by a link; it signs them in. */
export function NewPasswordForm({ token, email, name }: NewPasswordFormProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { schema, path, verb } = name === null ? reset : invitation;
  const { register, formState, setError, handleSubmit } = useForm<{ token: string; name?: string; password: string }>({
    defaultValues: { token, ...(name !== null && { name }), password: "" },
    resolver: zodResolver(schema),
    mode: "onTouched",
  });
  const { errors } = formState;
  const submit = async (values: { password: string }) => {
    setBusy(true);
    setFailure(null);
    try {
      await api(path, { body: values });
    } catch (error) {
      setFailure(showApiError(error, setError, ["name", "password"]));
      setBusy(false);
      return;
    }
    const refusal = await signIn({ email, password: values.password });
    // The password is set all the same: the sign-in page says what is in the way.
    window.location.replace(refusal === null ? "/" : "/sign-in");
  };
  return (
    // The method keeps a password out of the address, should the form be sent before the page is ready.
    <form method="post" noValidate className="flex flex-col gap-4" onSubmit={handleSubmit(submit)}>
      {failure && <Alert tone="danger">{failure}</Alert>}
      <Field label="E-mail" required>
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      {name !== null && (
        <Field label="Name" required error={errors.name?.message}>
          <Input {...register("name")} autoComplete="name" />
        </Field>
      )}
      <Field label="Password" required error={errors.password?.message} help="12 characters or more. A few words in a row are easy to keep in mind.">
        <Input {...register("password")} type="password" autoComplete="new-password" autoFocus />
      </Field>
      <Button type="submit" variant="primary" loading={busy} className="mt-1 w-full">
        {verb}
      </Button>
    </form>
  );
}
