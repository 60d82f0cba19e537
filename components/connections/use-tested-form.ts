"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, useForm } from "react-hook-form";
import type { z } from "zod";
import type { Finding } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { toast } from "../ui/toast.ts";

interface TestedForm<Values extends FieldValues, Saved> {
  schema: z.ZodType<unknown, Values>;
  values: DefaultValues<Values>;
  /** Those that the API may find something wrong with. */
  fields: readonly FieldPath<Values>[];
  /** `/api/connections` or `/api/roles`. */
  path: string;
  /** Of the one to change; null for a new one. */
  id: string | null;
  /** The test's name for that id: its stored secret stands in for an empty one. */
  idName: string;
  said: (saved: Saved) => string;
  onClose: () => void;
}

/** A form whose values can be tried before they are saved: a connection's or a role's. */
export function useTestedForm<Values extends FieldValues, Saved>({ schema, values, fields, path, id, idName, said, onClose }: TestedForm<Values, Saved>) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Values, unknown, unknown>({ defaultValues: values, resolver: zodResolver(schema), mode: "onTouched" });
  const { getValues, setError, handleSubmit } = form;
  const attempt = { onMutate: () => setFailure(null), onError: (error: Error) => setFailure(showApiError(error, setError, fields)) };

  const test = useMutation({
    ...attempt,
    mutationFn: (typed: Values) => api<Finding[]>(`${path}/test`, { body: { ...typed, ...(id !== null && { [idName]: id }) } }),
  });
  const save = useMutation({
    ...attempt,
    mutationFn: (typed: Values) => (id === null ? api<Saved>(path, { body: typed }) : api<Saved>(`${path}/${id}`, { method: "PATCH", body: typed })),
    onSuccess: async (saved) => {
      // Each shows something of the other.
      await Promise.all(["connections", "roles"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
      toast.success(said(saved));
      onClose();
    },
  });
  // The values as typed, since the API parses them again.
  const send = (mutation: typeof test | typeof save) => handleSubmit(() => mutation.mutate(getValues()));
  return {
    form,
    failure,
    findings: test.isPending ? null : (test.data ?? null),
    test: send(test),
    testing: test.isPending,
    save: send(save),
    saving: save.isPending,
  };
}
