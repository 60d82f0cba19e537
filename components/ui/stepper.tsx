import { Check, CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface Step {
  title: ReactNode;
  description?: ReactNode;
  /** Something in it is wrong. */
  invalid?: boolean;
}

export interface StepperProps {
  steps: readonly Step[];
  /** Index of the step in sight. */
  current: number;
  /** The farthest step one may go to; the current one where absent. */
  reached?: number;
  onSelect?: (index: number) => void;
  label?: string;
}

/** Down the side on wide screens, numbered dots in a row on narrow ones. */
export function Stepper({ steps, current, reached = current, onSelect, label = "Steps" }: StepperProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex gap-1 lg:flex-col">
        {steps.map((step, index) => {
          const active = index === current;
          const open = onSelect && index <= Math.max(reached, current);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
            <li key={index} className={cn("min-w-0", active ? "flex-1 lg:flex-none" : "")} aria-current={active ? "step" : undefined}>
              <button
                type="button"
                disabled={!open}
                onClick={() => onSelect?.(index)}
                className={cn(
                  "flex w-full items-center gap-3 rounded-lg px-2 py-2 text-left lg:px-3",
                  active ? "bg-surface-2" : open && "hover:bg-surface-2",
                  !open && "cursor-default",
                )}
              >
                <StepMark step={step} index={index} active={active} done={index < Math.max(reached, current)} />
                <span className={cn("min-w-0", !active && "max-lg:sr-only")}>
                  <span className={cn("block truncate font-medium", active ? "text-text" : "text-text-muted")}>{step.title}</span>
                  {step.description && <span className="block text-text-muted text-xs max-lg:hidden">{step.description}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function StepMark({ step, index, active, done }: { step: Step; index: number; active: boolean; done: boolean }) {
  if (step.invalid) return <CircleAlert role="img" aria-label="Needs attention" className="size-6 shrink-0 text-danger" />;
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs tabular-nums",
        active ? "border-accent bg-accent text-accent-fg" : done ? "border-accent text-accent-text" : "border-border-strong text-text-muted",
      )}
    >
      {done && !active ? <Check className="size-3.5" /> : index + 1}
    </span>
  );
}
