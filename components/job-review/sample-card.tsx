"use client";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { Attribute, Change } from "#lib/operations/operation.ts";
import type { Preflight, SampledObject } from "#lib/preflight/preflight.ts";
import { sampleWords } from "../canary-words.ts";
import { ObjectName } from "../object-name.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { formatNumber } from "../ui/number.tsx";

const shownAtFirst = 4;

/** Some of the job's objects as they are, and as they would be. */
export function SampleCard({ job, samples }: { job: JobDetails; samples: Preflight["samples"] }) {
  const [all, setAll] = useState(false);
  const shown = all ? samples : samples.slice(0, shownAtFirst);
  const rest = job.totalTasks - shown.length;
  return (
    <Card aria-label="Before and after">
      <CardHeader title="Before and after" description={sampleWords(job)} />
      <ol className="divide-y divide-border">
        {shown.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a manifest may name an object twice; a sample is its place
          <li key={index} className="px-5 py-3 text-note leading-5">
            <ObjectName task={sample.task} />
            <Difference sample={sample} />
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <p className="flex flex-wrap items-center justify-between gap-2 border-border border-t px-5 py-2.5 text-note text-text-muted">
          and {formatNumber(rest)} more
          {shown.length < samples.length && (
            <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
              Show {samples.length - shown.length} of them
            </Button>
          )}
        </p>
      )}
    </Card>
  );
}

function Difference({ sample: { change, failure } }: { sample: SampledObject }) {
  if (!change) {
    return (
      <p className="mt-1 text-warning">
        {failure?.httpStatus === 403 ? "What it has now may not be seen by the role" : "It could not be read"}
        {failure && ` (${failure.httpStatus || "no answer"} `}
        {failure && <SafeText text={failure.code} max={60} />}
        {failure && ")"}
      </p>
    );
  }
  if (change.does !== undefined) return <Aside text={`Would ${change.does}`} />;
  const names = [...new Set([...change.before, ...change.after].map(({ name }) => name))];
  const changed = names.filter((name) => valueIn(change, "before", name) !== valueIn(change, "after", name));
  if (changed.length === 0) return <Aside text="Stays as it is" />;
  return (
    <dl className="mt-1.5 flex flex-col gap-1.5">
      {changed.map((name) => (
        // A long name, such as a copy's address, stands above its value.
        <div key={name} className={cn("grid gap-x-3", name.length <= 20 && "sm:grid-cols-[8rem_minmax(0,1fr)]")}>
          <dt className="text-text-muted">
            <SafeText text={name} max={120} />
          </dt>
          <dd className="min-w-0">
            <del className={cn("text-text-muted decoration-text-faint", nothing.has(valueIn(change, "before", name)) && "no-underline")}>
              <SafeText text={valueIn(change, "before", name)} max={160} />
            </del>
            <span className="px-1.5 text-text-faint">→</span>
            <ins className="font-medium no-underline">
              <SafeText text={valueIn(change, "after", name)} max={160} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const none = "none";
/** What stands for a value that is absent, and for an object that is: nothing that could be struck out. */
const nothing = new Set([none, "not there"]);
const valueIn = (change: Change, when: "before" | "after", name: string): string => change[when].find((one: Attribute) => one.name === name)?.value ?? none;

const Aside = ({ text }: { text: string }) => (
  <p className="mt-1 text-text-muted">
    <SafeText text={text} />
  </p>
);
