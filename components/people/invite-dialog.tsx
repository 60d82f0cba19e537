"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { type InviteValues, inviteSchema } from "#lib/people/person-schemas.ts";
import type { LinkView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";
import { FormDialog } from "../form-dialog.tsx";
import { showApiError } from "../form-errors.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { roleOptions } from "./role-words.ts";

interface InviteDialogProps {
  sendsMail: boolean;
  onInvited: (link: LinkView) => void;
  onClose: () => void;
}

export function InviteDialog({ sendsMail, onInvited, onClose }: InviteDialogProps) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, control, formState, setError, handleSubmit } = useForm<InviteValues>({
    defaultValues: { email: "", name: "", role: "operator" },
    resolver: zodResolver(inviteSchema),
    mode: "onTouched",
  });
  const invite = useMutation({
    mutationFn: (values: InviteValues) => api<LinkView>("/api/invitations", { body: values }),
    // The answer holds the link, which is to be gone with the dialog that shows it.
    gcTime: 0,
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["email", "name", "role"])),
    onSuccess: async (link) => {
      onInvited(link);
      await queryClient.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const { errors } = formState;
  return (
    <FormDialog
      title="Invite somebody"
      description={
        sendsMail
          ? "They get a link by mail, and choose their password. You see the link as well."
          : "You get a link to give to them. With it they choose their password."
      }
      verb="Invite"
      sending={invite.isPending}
      failure={failure}
      onSubmit={handleSubmit((values) => invite.mutate(values))}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="E-mail" required error={errors.email?.message}>
          <Input
            {...register("email")}
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="ana@example.com"
          />
        </Field>
        <Field label="Name" required error={errors.name?.message}>
          <Input {...register("name")} autoComplete="off" placeholder="Ana Silva" />
        </Field>
      </div>
      <Field label="Role" required group error={errors.role?.message}>
        <Controller
          control={control}
          name="role"
          render={({ field }) => <RadioCards value={field.value} onValueChange={field.onChange} options={roleOptions} columns={2} />}
        />
      </Field>
    </FormDialog>
  );
}
