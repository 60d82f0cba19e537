"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { api } from "./api-client.ts";
import { newToken } from "./job-wizard/new-token.ts";
import { Button } from "./ui/button.tsx";
import { toast } from "./ui/toast.ts";

interface RepeatButtonProps extends Pick<ComponentProps<typeof Button>, "variant" | "className" | "children"> {
  job: { id: string };
  /** Whether the new job only reads. */
  dryRun: boolean;
}

/** Makes a job of the same definition, and leads to its review. A second press makes no second job. */
export function RepeatButton({ job, dryRun, ...button }: RepeatButtonProps) {
  const router = useRouter();
  const client = useQueryClient();
  const [ClientRequestToken] = useState(newToken);
  const repeat = useMutation({
    mutationFn: () => api<{ jobId: string }>(`/api/jobs/${encodeURIComponent(job.id)}/repeat`, { body: { dryRun, ClientRequestToken } }),
    onSuccess: ({ jobId }) => {
      toast.success(dryRun ? "The dry run was created" : "The job was created", {
        description: "It is prepared and checked now, and waits for a confirmation.",
      });
      void client.invalidateQueries({ queryKey: ["jobs"] });
      void client.invalidateQueries({ queryKey: ["home"] });
      router.push(`/jobs/${encodeURIComponent(jobId)}/review`);
    },
    onError: (error) => toast.error("The job was not created", { description: error.message, duration: 12_000 }),
  });
  return <Button {...button} loading={repeat.isPending || repeat.isSuccess} onClick={() => repeat.mutate()} />;
}
