import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** Names, keys and ARNs, in running text or in a table. Breaks anywhere rather than overflow. */
export const Code = ({ children, className }: { children: ReactNode; className?: string }) => (
  <code className={cn("font-mono text-code [overflow-wrap:anywhere]", className)}>{children}</code>
);

export const CodeBlock = ({ children, className }: { children: ReactNode; className?: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
  <pre tabIndex={0} className={cn("overflow-x-auto rounded-lg border border-border bg-surface-2 px-3.5 py-3 font-mono text-xs leading-5", className)}>
    <code>{children}</code>
  </pre>
);
