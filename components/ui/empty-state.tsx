import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center px-6 py-14 text-center", className)}>
      {icon && (
        <div aria-hidden className="mb-4 flex size-11 items-center justify-center rounded-xl border border-border bg-surface-2 text-text-muted [&_svg]:size-5">
          {icon}
        </div>
      )}
      <div className="font-semibold">{title}</div>
      {children && <div className="mt-1 max-w-md text-pretty text-text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
