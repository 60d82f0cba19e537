import { CodeBlock } from "./code.tsx";
import { CopyButton } from "./copy-button.tsx";

/** Lines to copy as a whole. @param label what they are, as in "Copy the AWS CLI's lines" */
export const CodeWithCopy = ({ value, label }: { value: string; label: string }) => (
  <div className="relative min-w-0">
    <CodeBlock className="pr-12">{value}</CodeBlock>
    <CopyButton value={value} label={label} className="absolute top-2 right-2 size-7 border border-border bg-surface" />
  </div>
);
