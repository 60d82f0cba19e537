"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ApiError, api } from "../api-client.ts";
import { toast } from "../ui/toast.ts";
import { draftToInput } from "./draft-to-input.ts";
import type { Wizard } from "./use-wizard.ts";

/** Makes the job of the draft, once: the request's token makes a repeated press or a retry the same job. */
export function useCreateJob(wizard: Wizard | null) {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => {
      if (!wizard) throw new Error("There is no draft");
      return api<{ jobId: string }>("/api/jobs", { body: draftToInput(wizard.draft) });
    },
    onSuccess: ({ jobId }) => {
      toast.success("The job was created", { description: "Its manifest is being read now. It waits for a confirmation before anything is changed." });
      void client.invalidateQueries({ queryKey: ["jobs"] });
      void client.invalidateQueries({ queryKey: ["home"] });
      wizard?.forget();
      router.push(`/jobs/${encodeURIComponent(jobId)}/review`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.issues.length > 0) wizard?.refuse(error.issues);
    },
  });
}
