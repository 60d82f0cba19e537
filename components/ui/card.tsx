import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={cn("min-w-0 rounded-xl border border-border bg-surface", className)} />;
}

export interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function CardHeader({ title, description, actions, className }: CardHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-border border-b px-5 py-3.5", className)}>
      <div className="min-w-0">
        <h2 className="font-semibold text-sm leading-6">{title}</h2>
        {description && <p className="text-note text-text-muted leading-5">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cn("px-5 py-4", className)} />;
}

export function CardFooter({ className, ...rest }: ComponentProps<"footer">) {
  return <footer {...rest} className={cn("flex flex-wrap items-center justify-end gap-2 border-border border-t px-5 py-3.5", className)} />;
}
