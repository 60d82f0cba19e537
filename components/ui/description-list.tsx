import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface DescriptionListProps {
  items: readonly { term: ReactNode; value: ReactNode }[];
  className?: string;
}

/** Terms beside their values, or above them where it is narrow. An empty value is shown as a dash. */
export function DescriptionList({ items, className }: DescriptionListProps) {
  return (
    <dl className={cn("divide-y divide-border", className)}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is written, not sorted
        <div key={index} className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[11rem_1fr]">
          <dt className="text-note text-text-muted leading-5">{item.term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            {item.value === null || item.value === undefined || item.value === "" ? <span className="text-text-faint">–</span> : item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
