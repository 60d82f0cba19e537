import { cn } from "./cn.ts";

const tones = { accent: "bg-accent", success: "bg-success-solid", warning: "bg-warning-solid", danger: "bg-danger-solid", neutral: "bg-text-faint" } as const;

export interface ProgressProps {
  /** null: under way, of unknown length. */
  value: number | null;
  max?: number;
  tone?: keyof typeof tones;
  label: string;
  className?: string;
}

export function Progress({ value, max = 100, tone = "accent", label, className }: ProgressProps) {
  const share = value === null || max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value ?? undefined}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-surface-3", className)}
    >
      {value === null ? (
        <div className={cn("h-full w-2/5 animate-[indeterminate_1.4s_ease-in-out_infinite] rounded-full", tones[tone])} />
      ) : (
        <div className={cn("h-full rounded-full transition-[width] duration-500", tones[tone])} style={{ width: `${share * 100}%` }} />
      )}
    </div>
  );
}
