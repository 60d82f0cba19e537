import { ChevronRight } from "lucide-react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Card } from "../ui/card.tsx";
import { CodeBlock } from "../ui/code.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { visibleJson } from "../visible-text.ts";

/** The definition in the words of CreateJob, for who wants to make the same job by another way. */
export function DefinitionJson({ job }: { job: JobDetails }) {
  const json = visibleJson(job.definition);
  return (
    <Card>
      <details className="group/json">
        <summary className="flex cursor-pointer list-none items-center gap-3 px-5 py-3.5 -outline-offset-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-text-faint transition-transform group-open/json:rotate-90" />
          <h2 className="font-semibold text-sm leading-6">Definition as JSON</h2>
        </summary>
        <div className="relative px-5 pb-5">
          <CopyButton value={json} label="Copy the definition" className="absolute top-2 right-7 bg-surface-2" />
          <CodeBlock>{json}</CodeBlock>
        </div>
      </details>
    </Card>
  );
}
