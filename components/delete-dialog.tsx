"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "./api-client.ts";
import { Alert } from "./ui/alert.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { toast } from "./ui/toast.ts";

export interface DeleteDialogProps {
  /** Of what is deleted: `DELETE` goes there. */
  path: string;
  /** The lists that then change. */
  queryKeys: readonly string[];
  title: string;
  /** What it means. */
  children: ReactNode;
  done: string;
  /** Where what happens is not called deleting. */
  verb?: string;
  onClose: () => void;
}

export function DeleteDialog({ path, queryKeys, title, children, done, verb = "Delete", onClose }: DeleteDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api<null>(path, { method: "DELETE" }),
    onSuccess: async () => {
      await Promise.all(queryKeys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
      toast.success(done);
      onClose();
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
          <Button variant="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 [overflow-wrap:anywhere]">
        <div>{children}</div>
        {remove.error && <Alert tone="danger">{remove.error.message}</Alert>}
      </div>
    </Dialog>
  );
}
