import { CopyButton } from "./ui/copy-button.tsx";
import { Field } from "./ui/field.tsx";
import { Input } from "./ui/input.tsx";

/** A link to hand over; long ones are cut off on screen, never when copied. */
export const LinkToCopy = ({ url }: { url: string }) => (
  <Field label="Link" required>
    <div className="flex items-center gap-2">
      <Input readOnly mono value={url} onFocus={(event) => event.target.select()} />
      <CopyButton value={url} label="Copy the link" className="size-9" />
    </div>
  </Field>
);
