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
}

export const KeyFields = ({ accessKeyId, secretAccessKey, errors, stored }: KeyFieldsProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label="Access key ID" required error={errors.accessKeyId?.message}>
      <Input {...accessKeyId} mono autoComplete="off" spellCheck={false} />
    </Field>
    <Field
      label="Secret access key"
      required={!stored}
      error={errors.secretAccessKey?.message}
      help={stored ? "Leave it empty to keep the stored one." : undefined}
    >
      <Input {...secretAccessKey} mono type="password" autoComplete="new-password" placeholder={stored ? "••••••••" : undefined} />
    </Field>
  </div>
);
