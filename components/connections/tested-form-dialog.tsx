import type { ReactNode } from "react";
import { FormDialog } from "../form-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Findings } from "./findings.tsx";
import type { useTestedForm } from "./use-tested-form.ts";

interface TestedFormDialogProps {
  title: string;
  description: string;
  tested: Omit<ReturnType<typeof useTestedForm>, "form">;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** The dialog around a form of useTestedForm: test, save, and what came of them. */
export const TestedFormDialog = ({ title, description, tested, onClose, children }: TestedFormDialogProps) => (
  <FormDialog
    title={title}
    description={description}
    verb="Save"
    sending={tested.saving}
    failure={tested.failure}
    onSubmit={tested.save}
    onClose={onClose}
    aside={
      <Button className="mr-auto" loading={tested.testing} onClick={tested.test}>
        Test
      </Button>
    }
  >
    {children}
    {tested.findings && <Findings findings={tested.findings} />}
  </FormDialog>
);
