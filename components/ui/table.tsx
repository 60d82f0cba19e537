import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/** Scrolls inside its own box. `label` names it for screen readers. */
export function Table({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="w-full overflow-x-auto -outline-offset-2">
      <table className={cn("w-full border-separate border-spacing-0 text-left", className)}>{children}</table>
    </section>
  );
}

export const THead = ({ children }: { children: ReactNode }) => <thead className="text-text-muted text-xs">{children}</thead>;

export const TBody = ({ children }: { children: ReactNode }) => <tbody className="[&>tr:last-child>td]:border-b-0">{children}</tbody>;

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("group", className)} />;
}

export interface ThProps extends ComponentProps<"th"> {
  numeric?: boolean;
  /** The column's present order; `onSort` makes the heading a button. */
  sort?: "asc" | "desc" | null;
  onSort?: () => void;
}

export function Th({ numeric = false, sort = null, onSort, className, children, ...rest }: ThProps) {
  const Icon = sort === "asc" ? ArrowUp : sort === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={onSort ? (sort === "asc" ? "ascending" : sort === "desc" ? "descending" : "none") : undefined}
      {...rest}
      className={cn("h-9 whitespace-nowrap border-border border-b bg-surface px-3 font-medium first:pl-5 last:pr-5", numeric && "text-right", className)}
    >
      {onSort ? (
        <button type="button" onClick={onSort} className={cn("inline-flex items-center gap-1 rounded hover:text-text", sort && "text-text")}>
          {children}
          <Icon aria-hidden className={cn("size-3.5", !sort && "text-text-faint")} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export function Td({ numeric = false, className, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td {...rest} className={cn("border-border border-b px-3 py-2.5 align-middle first:pl-5 last:pr-5", numeric && "text-right tabular-nums", className)} />
  );
}
