"use client";
import { Download } from "lucide-react";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ExportFormat } from "#lib/reports/export-rows.ts";
import { SafeText } from "../safe-text.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { exportHref, filterChips, type ReportQuery } from "./report-query.ts";

interface ReportDownloadProps {
  job: JobDetails;
  query: ReportQuery;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const formats: { value: ExportFormat; title: string; description: string }[] = [
  {
    value: "spreadsheet",
    title: "For spreadsheets",
    description:
      "With a heading and readable keys. Text that a spreadsheet would take for a formula gets an apostrophe before it. Most spreadsheets open a million rows.",
  },
  { value: "exact", title: "Exact", description: "The report's own rows, byte for byte: no heading, keys URL-encoded. For programs." },
  {
    value: "manifest",
    title: "As a manifest",
    description: "Bucket and key, and the version where rows have one, as a new job takes them. Upload it in the wizard.",
  },
];

/** Asks for whom the rows are meant, and lets the browser fetch them while they are read. */
export function ReportDownload({ job, query, open, onOpenChange }: ReportDownloadProps) {
  const [format, setFormat] = useState<ExportFormat>("spreadsheet");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Download rows as CSV"
      description={<Which query={query} />}
      footer={
        <a href={exportHref(job.id, query, format)} download onClick={() => onOpenChange(false)} className={buttonClass({ variant: "primary" })}>
          <Download aria-hidden />
          Download
        </a>
      }
    >
      <RadioCards aria-label="For whom" value={format} onValueChange={setFormat} options={formats} />
      <p className="mt-4 text-note text-text-muted">
        The file is written while the report is read, whatever its size. If the report turns out to be damaged, the download breaks off rather than lack rows.
      </p>
    </Dialog>
  );
}

const states = { all: "Every row of the report", succeeded: "Rows of tasks that succeeded", failed: "Rows of tasks that failed" } as const;

const Which = ({ query }: { query: ReportQuery }) => (
  <>
    {states[query.status]}
    {filterChips(query).map(({ label, value }) => (
      <span key={label}>
        {" · "}
        {label} <SafeText text={value} max={40} still className="font-medium text-text" />
      </span>
    ))}
  </>
);
