import { cn } from "../ui/cn.ts";
import { Column, Exhibit } from "./exhibit.tsx";

const steps = [
  { name: "text-4xl", look: "font-semibold text-4xl tabular-nums tracking-tight", sample: "1,204,566", use: "the one figure of a page" },
  { name: "text-2xl", look: "font-semibold text-2xl tabular-nums tracking-tight", sample: "84%", use: "figures" },
  { name: "text-xl", look: "font-semibold text-xl tracking-tight", sample: "Copy the 2026 photos", use: "the heading of a page" },
  { name: "text-lg", look: "font-semibold text-lg", sample: "Replace all tags of 30 objects", use: "the sentence a page turns on" },
  { name: "text-base", look: "font-semibold text-base", sample: "Cancel this job?", use: "titles of dialogs; fields on phones" },
  { name: "text-sm", look: "text-sm", sample: "Workers are running the tasks.", use: "running text: what is not marked otherwise" },
  { name: "text-note", look: "text-note text-text-muted", sample: "Jobs of higher priority go first.", use: "what explains; small controls" },
  { name: "text-xs", look: "text-text-muted text-xs", sample: "Operation", use: "heads of tables, badges" },
];

const grounds = ["bg-bg", "bg-surface", "bg-surface-2", "bg-surface-3", "bg-overlay"];
const fills = ["bg-accent", "bg-success-solid", "bg-warning-solid", "bg-danger-solid"];
const tones = [
  { name: "accent", look: "bg-accent-soft text-accent-text" },
  { name: "success", look: "bg-success-soft text-success" },
  { name: "warning", look: "bg-warning-soft text-warning" },
  { name: "danger", look: "bg-danger-soft text-danger" },
  { name: "info", look: "bg-info-soft text-info" },
];

/** The steps of type and the colours, all of them from app/globals.css. */
export const FoundationExhibits = () => (
  <>
    <Exhibit
      title="Type"
      show={() => (
        <dl className="flex flex-col gap-3">
          {steps.map(({ name, look, sample, use }) => (
            <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <dt className="order-last text-text-muted text-xs">
                {name}: {use}
              </dt>
              <dd className={look}>{sample}</dd>
            </div>
          ))}
        </dl>
      )}
    >
      One scale, in rem. Weight and colour make the rest of the difference; an arbitrary size fails a test.
    </Exhibit>
    <Exhibit
      title="Colour"
      show={() => (
        <Column>
          <Swatches names={grounds} />
          <Swatches names={fills} />
          <ul className="flex flex-wrap gap-2">
            {tones.map(({ name, look }) => (
              <li key={name} className={cn("rounded-lg px-3 py-2 font-medium", look)}>
                {name}
              </li>
            ))}
          </ul>
          <p>
            text <span className="text-text-muted">text-muted</span> <span className="text-text-faint">text-faint</span>{" "}
            <span className="text-accent-text">accent-text</span>
          </p>
        </Column>
      )}
    >
      Named by what it is for, light and dark side by side. A test measures the contrast of every pair that is used.
    </Exhibit>
  </>
);

const Swatches = ({ names }: { names: readonly string[] }) => (
  <ul className="flex flex-wrap gap-3">
    {names.map((name) => (
      <li key={name} className="flex items-center gap-2 text-text-muted text-xs">
        <span aria-hidden className={cn("size-6 rounded-md border border-border-strong", name)} />
        {name.slice("bg-".length)}
      </li>
    ))}
  </ul>
);
