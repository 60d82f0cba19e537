"use client";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { countOf } from "../job-progress.ts";
import { Input } from "../ui/input.tsx";
import type { CanaryChoice as Choice } from "./use-canary.ts";

/** All objects at once, or the first of them and then another question. */
export function CanaryChoice({ choice }: { choice: Choice }) {
  const errorId = useId();
  const { left, again, first, setFirst } = choice;
  const which = again ? "next" : "first";
  return (
    <fieldset className="basis-full">
      <legend className="sr-only">How many objects run</legend>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 text-note">
        <Option checked={!first} onCheck={() => setFirst(false)}>
          {again ? `All ${countOf(left, "remaining object")}` : `All ${countOf(left, "object")} at once`}
        </Option>
        <div className="flex items-center gap-2">
          <Option checked={first} onCheck={() => setFirst(true)}>
            The {which}
          </Option>
          <Input
            ref={choice.input}
            aria-label={`Number of ${which} objects`}
            aria-describedby={choice.error ? errorId : undefined}
            invalid={choice.error !== undefined}
            inputMode="numeric"
            autoComplete="off"
            className="h-8 w-20 px-2 text-right tabular-nums"
            value={choice.typed}
            onFocus={() => setFirst(true)}
            onChange={(event) => choice.setTyped(event.target.value)}
          />
          <span>objects, then ask again</span>
        </div>
      </div>
      {choice.error && (
        <p id={errorId} role="alert" className="mt-1.5 flex items-start gap-1.5 text-note text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {choice.error}
        </p>
      )}
    </fieldset>
  );
}

/** The browser's own radio button, as the boxes are. */
const Option = ({ checked, onCheck, children }: { checked: boolean; onCheck: () => void; children: ReactNode }) => (
  <label className="flex min-h-8 cursor-pointer items-center gap-2">
    <input
      type="radio"
      name="canary"
      checked={checked}
      onChange={onCheck}
      className="size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-border-input bg-surface transition-colors checked:border-5 checked:border-accent"
    />
    <span>{children}</span>
  </label>
);
