"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type ApiInit, api } from "./api-client.ts";
import { Alert } from "./ui/alert.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";

export interface ActDialogProps<Answer> {
  title: string;
  /** On the button. */
  verb: string;
  danger?: boolean;
  path: string;
  method?: ApiInit["method"];
  /** The lists that then change. */
  queryKeys: readonly string[];
  /** What it means. */
  children: ReactNode;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}

/** Asks before something is done, and does it. */
export function ActDialog<Answer>({ title, verb, danger = false, path, method = "POST", queryKeys, children, onDone, onClose }: ActDialogProps<Answer>) {
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: () => api<Answer>(path, { method }),
    // The answer may hold a secret, which is to be gone with the dialog that shows it.
    gcTime: 0,
    onSuccess: async (answer) => {
      onDone(answer);
      await Promise.all(queryKeys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant={danger ? "danger" : "primary"} loading={act.isPending} onClick={() => act.mutate()}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 [overflow-wrap:anywhere]">
        <div>{children}</div>
        {act.error && <Alert tone="danger">{act.error.message}</Alert>}
      </div>
    </Dialog>
  );
}
