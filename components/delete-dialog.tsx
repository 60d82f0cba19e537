import type { ReactNode } from "react";
import { ActDialog } from "./act-dialog.tsx";
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

export const DeleteDialog = ({ done, verb = "Delete", onClose, ...rest }: DeleteDialogProps) => (
  <ActDialog
    {...rest}
    danger
    method="DELETE"
    verb={verb}
    onDone={() => {
      toast.success(done);
      onClose();
    }}
    onClose={onClose}
  />
);
