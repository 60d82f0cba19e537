import { type FormEvent, type ReactNode, useId } from "react";
import { Alert } from "./ui/alert.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog, type DialogProps } from "./ui/dialog.tsx";

interface FormDialogProps extends Pick<DialogProps, "title" | "description" | "size"> {
  /** On the button that sends the form. */
  verb: string;
  sending: boolean;
  /** What is wrong that no field says. */
  failure: string | null | undefined;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  /** Beside the buttons, on the left. */
  aside?: ReactNode;
  /** The fields, and what came of the form. */
  children: ReactNode;
}

/** A form in a dialog: a press outside does not take away what somebody typed, and what is wrong stands below its fields. */
export function FormDialog({ verb, sending, failure, onSubmit, onClose, aside, children, ...rest }: FormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      {...rest}
      open
      sticky
      onOpenChange={onClose}
      footer={
        <>
          {aside}
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} loading={sending}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
        {children}
        {failure && <Alert tone="danger">{failure}</Alert>}
      </form>
    </Dialog>
  );
}
