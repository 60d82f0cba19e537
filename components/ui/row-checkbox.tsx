import { Check, Minus } from "lucide-react";

export interface RowCheckboxProps {
  /** The name; nothing is shown of it. */
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  /** @param range the shift key was held */
  onToggle: (range: boolean) => void;
}

/** Chooses a row of a table, above a link that covers the row. The browser's own box: a page has a hundred of them. */
export function RowCheckbox({ label, checked, indeterminate = false, onToggle }: RowCheckboxProps) {
  const mark = "pointer-events-none absolute top-1/2 left-1/2 size-3 -translate-1/2 text-accent-fg";
  return (
    <span className="relative z-10 -m-2 flex w-fit p-2">
      <span className="relative inline-flex">
        <input
          type="checkbox"
          aria-label={label}
          // Not as a prop: React would undo the press until the row is drawn again, which may be a moment later.
          ref={(box) => {
            if (box) Object.assign(box, { checked, indeterminate });
          }}
          // The click tells of the shift key, the change does not.
          onClick={(event) => onToggle(event.shiftKey)}
          className="size-4 shrink-0 cursor-pointer appearance-none rounded-[5px] border border-border-input bg-surface before:absolute before:-inset-2 before:content-[''] checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
        />
        {indeterminate ? <Minus aria-hidden strokeWidth={3} className={mark} /> : checked && <Check aria-hidden strokeWidth={3} className={mark} />}
      </span>
    </span>
  );
}
