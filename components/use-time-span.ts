import { type ChangeEvent, useState } from "react";
import { spanWords } from "./days.ts";

/** As the address has them: days or, as `from`, a span such as "7d"; null where nothing is asked. */
export interface TimeSpan {
  from: string | null;
  to: string | null;
}

const spans = ["1d", "7d", "30d", "90d"] as const;

/** A select of spans up to now, and two days for a span of one's own: what their controls need, so that a screen only places them. */
export function useTimeSpan({ from, to }: TimeSpan, onChange: (span: Partial<TimeSpan>) => void) {
  const span = from !== null && spanWords(from) !== null ? from : null;
  const [ownOpen, setOwnOpen] = useState(false);
  const own = span === null && (ownOpen || from !== null || to !== null);
  const day = (name: keyof TimeSpan) => (event: ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.target.value || null });
  const select = {
    value: span ?? (own ? "own" : "any"),
    onValueChange: (value: string) => {
      setOwnOpen(value === "own");
      onChange({ from: value === "own" || value === "any" ? null : value, to: null });
    },
    options: [
      { value: "any", label: "At any time" },
      ...spans.map((value) => ({ value, label: spanWords(value) ?? value })),
      { value: "own", label: "Between two days" },
    ],
  };
  const days = own && {
    from: { type: "date", value: from ?? "", max: to ?? undefined, onChange: day("from") },
    to: { type: "date", value: to ?? "", min: from ?? undefined, onChange: day("to") },
  };
  return { select, days };
}
