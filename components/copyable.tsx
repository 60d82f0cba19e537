import { SafeText } from "./safe-text.tsx";
import { Code } from "./ui/code.tsx";
import { CopyButton } from "./ui/copy-button.tsx";

/** A name, path or ARN with a button that copies it. */
export const Copyable = ({ text, label }: { text: string; label: string }) => (
  <span className="inline-flex max-w-full items-start gap-1">
    <Code className="min-w-0 leading-6">
      <SafeText text={text} />
    </Code>
    <CopyButton value={text} label={label} />
  </span>
);
