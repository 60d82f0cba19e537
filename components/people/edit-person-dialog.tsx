"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { type UpdatePersonValues, updatePersonSchema } from "#lib/people/person-schemas.ts";
import type { PersonView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";
import { FormDialog } from "../form-dialog.tsx";
import { showApiError } from "../form-errors.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { toast } from "../ui/toast.ts";
import { visibleText } from "../visible-text.ts";
import { roleOptions } from "./role-words.ts";

export function EditPersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, control, formState, setError, handleSubmit } = useForm<UpdatePersonValues>({
    defaultValues: { name: person.name, role: person.role },
    resolver: zodResolver(updatePersonSchema),
    mode: "onTouched",
  });
  const save = useMutation({
    mutationFn: (values: UpdatePersonValues) => api<null>(`/api/people/${person.id}`, { method: "PATCH", body: values }),
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["name", "role"])),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["people"] });
      toast.success("Saved");
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Change ${visibleText(person.name)}`}
      description={visibleText(person.email)}
      verb="Save"
      sending={save.isPending}
      failure={failure}
      onSubmit={handleSubmit((values) => save.mutate(values))}
      onClose={onClose}
    >
      <Field label="Name" required error={formState.errors.name?.message}>
        <Input {...register("name")} autoComplete="off" />
      </Field>
      <Field
        label="Role"
        required
        group
        error={formState.errors.role?.message}
        help={person.own ? "Your own role is changed by another administrator." : "It counts from their next request on, for their access keys as well."}
      >
        <Controller
          control={control}
          name="role"
          render={({ field }) => <RadioCards value={field.value} onValueChange={field.onChange} options={roleOptions} columns={2} disabled={person.own} />}
        />
      </Field>
    </FormDialog>
  );
}
