"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type AccessKeyValues, accessKeySchema } from "#lib/auth/access-keys/access-key-schema.ts";
import type { NewAccessKey } from "#lib/auth/access-keys/access-key-views.ts";
import { api } from "../api-client.ts";
import { FormDialog } from "../form-dialog.tsx";
import { showApiError } from "../form-errors.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";

/** Asks for a name, makes the key, and then shows its secret: the only time that anybody sees it. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const [made, setMade] = useState<NewAccessKey | null>(null);
  const { register, formState, setError, handleSubmit } = useForm<AccessKeyValues>({
    defaultValues: { name: "" },
    resolver: zodResolver(accessKeySchema),
    mode: "onTouched",
  });
  const create = useMutation({
    mutationFn: (values: AccessKeyValues) => api<NewAccessKey>("/api/access-keys", { body: values }),
    // The answer holds the secret, which is to be gone with this dialog.
    gcTime: 0,
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["name"])),
    onSuccess: async (key) => {
      setMade(key);
      await queryClient.invalidateQueries({ queryKey: ["access-keys"] });
    },
  });
  if (made) return <NewKeyDialog accessKey={made} onClose={onClose} />;
  return (
    <FormDialog
      size="sm"
      title="Create an access key"
      description="Requests that are signed with it have your rights, and are shown as yours."
      verb="Create"
      sending={create.isPending}
      failure={failure}
      onSubmit={handleSubmit((values) => create.mutate(values))}
      onClose={onClose}
    >
      <Field label="Name" required error={formState.errors.name?.message} help="What will use it, so that you know later which one to revoke.">
        <Input {...register("name")} autoComplete="off" placeholder="nightly tagging script" />
      </Field>
    </FormDialog>
  );
}
