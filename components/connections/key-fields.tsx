import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

interface KeyFieldsProps {
  /** What the form's `register` makes. */
  accessKeyId: UseFormRegisterReturn;
  secretAccessKey: UseFormRegisterReturn;
  errors: { accessKeyId?: { message?: string }; secretAccessKey?: { message?: string } };
  /** There is a secret already, which an empty field keeps. */
  stored: boolean;
  /** What is used without any; none: they are required. */
  otherwise?: string;
}

export const KeyFields = ({ accessKeyId, secretAccessKey, errors, stored, otherwise }: KeyFieldsProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label="Access key ID" required={otherwise === undefined} error={errors.accessKeyId?.message} help={otherwise}>
      <Input {...accessKeyId} mono autoComplete="off" spellCheck={false} />
    </Field>
    <Field
      label="Secret access key"
      required={!stored && otherwise === undefined}
      error={errors.secretAccessKey?.message}
      help={stored ? "Leave it empty to keep the stored one." : undefined}
    >
      <Input {...secretAccessKey} mono type="password" autoComplete="new-password" placeholder={stored ? "••••••••" : undefined} />
    </Field>
  </div>
);
