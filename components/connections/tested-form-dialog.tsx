import { type ReactNode, useId } from "react";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
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
export function TestedFormDialog({ title, description, tested, onClose, children }: TestedFormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button className="mr-auto" loading={tested.testing} onClick={tested.test}>
            Test
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} loading={tested.saving}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={tested.save}>
        {children}
        {tested.failure && <Alert tone="danger">{tested.failure}</Alert>}
        {tested.findings && <Findings findings={tested.findings} />}
      </form>
    </Dialog>
  );
}
