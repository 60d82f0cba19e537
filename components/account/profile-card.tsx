"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { updateAccountSchema } from "#lib/people/person-schemas.ts";
import type { AccountView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { roleWords } from "../people/role-words.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";

export function ProfileCard({ account: { name, email, role, createdAt, methods } }: { account: AccountView }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, formState, setError, handleSubmit, reset } = useForm<{ name: string }>({
    defaultValues: { name },
    resolver: zodResolver(updateAccountSchema),
    mode: "onTouched",
  });
  const save = useMutation({
    mutationFn: (values: { name: string }) => api<null>("/api/account", { method: "PATCH", body: values }),
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["name"])),
    onSuccess: async (_answer, values) => {
      reset(values);
      toast.success("Saved");
      await queryClient.invalidateQueries({ queryKey: ["account"] });
      // The menu shows it as well.
      router.refresh();
    },
  });
  const signsIn = methods.map((method) => (method === "password" ? "Password" : "Single sign-on")).join(", ");
  return (
    <Card aria-label="Profile">
      <CardHeader title="Profile" />
      <CardBody className="flex flex-col gap-5">
        <form noValidate className="flex flex-col gap-3" onSubmit={handleSubmit((values) => save.mutate(values))}>
          <Field label="Name" required error={formState.errors.name?.message} help="Shown beside what you do.">
            <div className="flex gap-2">
              <Input {...register("name")} autoComplete="name" />
              <Button type="submit" loading={save.isPending} disabled={!formState.isDirty}>
                Save
              </Button>
            </div>
          </Field>
          {failure && <Alert tone="danger">{failure}</Alert>}
        </form>
        <DescriptionList
          items={[
            { term: "E-mail", value: <SafeText text={email} /> },
            {
              term: "Role",
              value: (
                <>
                  <span className="font-medium">{roleWords[role].title}</span>
                  <span className="block text-note text-text-muted">{roleWords[role].may}</span>
                </>
              ),
            },
            { term: "You sign in with", value: signsIn },
            { term: "Here since", value: <Time value={createdAt} absolute /> },
          ]}
        />
      </CardBody>
    </Card>
  );
}
