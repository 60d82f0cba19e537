"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type ChangePasswordValues, changePasswordSchema } from "#lib/people/person-schemas.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { toast } from "../ui/toast.ts";

const blank: ChangePasswordValues = { present: "", password: "" };

/** @param has whether the person has a password that can be changed */
export function PasswordCard({ has, email }: { has: boolean; email: string }) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, formState, setError, handleSubmit, reset } = useForm<ChangePasswordValues>({
    defaultValues: blank,
    resolver: zodResolver(changePasswordSchema),
    mode: "onTouched",
  });
  const change = useMutation({
    mutationFn: (values: ChangePasswordValues) => api<null>("/api/account/password", { body: values }),
    gcTime: 0,
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["present", "password"])),
    onSuccess: async () => {
      reset(blank);
      toast.success("Your password is changed", { description: "Your other sessions have ended." });
      await queryClient.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  const { errors } = formState;
  if (!has)
    return (
      <Card aria-label="Password">
        <CardHeader title="Password" description="You have none: you sign in by your organization’s provider." />
      </Card>
    );
  return (
    <Card aria-label="Password">
      <CardHeader title="Password" description="Your other sessions end when you change it." />
      <CardBody>
        <form noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((values) => change.mutate(values))}>
          {/* Lets a password manager know whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Present password" required error={errors.present?.message}>
              <Input {...register("present")} type="password" autoComplete="current-password" />
            </Field>
            <Field label="New password" required error={errors.password?.message} help="12 characters or more.">
              <Input {...register("password")} type="password" autoComplete="new-password" />
            </Field>
          </div>
          {failure && <Alert tone="danger">{failure}</Alert>}
          <Button type="submit" className="self-start" loading={change.isPending}>
            Change password
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
