import { CodeBlock } from "./ui/code.tsx";
import { CopyButton } from "./ui/copy-button.tsx";

/** A policy in JSON, to be copied. */
export const PolicyBlock = ({ policy }: { policy: string }) => (
  <div className="relative">
    <CodeBlock className="max-h-80 overflow-y-auto pr-12">{policy}</CodeBlock>
    <CopyButton value={policy} label="Copy the policy" className="absolute top-2 right-2 size-8 border border-border bg-surface" />
  </div>
);
