import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

const tones = {
  info: { box: "border-info/25 bg-info-soft", icon: "text-info", Icon: Info },
  success: { box: "border-success/25 bg-success-soft", icon: "text-success", Icon: CircleCheck },
  warning: { box: "border-warning/25 bg-warning-soft", icon: "text-warning", Icon: TriangleAlert },
  danger: { box: "border-danger/25 bg-danger-soft", icon: "text-danger", Icon: CircleAlert },
} as const;

export interface AlertProps {
  tone?: keyof typeof tones;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** Warnings and errors are announced as they appear. */
export function Alert({ tone = "info", title, children, actions, className }: AlertProps) {
  const { box, icon, Icon } = tones[tone];
  const urgent = tone === "danger" || tone === "warning";
  return (
    <div role={urgent ? "alert" : "status"} className={cn("flex items-start gap-3 rounded-lg border px-3.5 py-3", box, className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {title && <p className="font-medium leading-5">{title}</p>}
        {children && <div className={cn("text-note leading-5", title && "mt-0.5 text-text-muted")}>{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
