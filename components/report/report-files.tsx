import { Download } from "lucide-react";
import { parseObjectLocation } from "#lib/browse/s3-location.ts";
import type { ReportPage } from "#lib/reports/read-report.ts";
import { Copyable } from "../copyable.tsx";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { reportFileHref } from "./report-query.ts";

interface ReportFilesProps {
  jobId: string;
  /** `s3://` path of the report's manifest.json. */
  location: string;
  files: ReportPage["files"];
}

export function ReportFiles({ jobId, location, files }: ReportFilesProps) {
  const all = [{ key: parseObjectLocation(location)?.key ?? "", status: null }, ...files];
  return (
    <Card>
      <CardHeader title="Files" description={<Copyable text={location} label="Copy the report's path" />} />
      <ul className="divide-y divide-border">
        {all.map(({ key, status }) => (
          <li key={key} className="flex items-center gap-3 px-5 py-2.5">
            <Code className="min-w-0 flex-1">
              <SafeText text={nameOf(key)} />
            </Code>
            {status && <Badge tone={status === "failed" ? "danger" : "success"}>{status === "failed" ? "Failed" : "Succeeded"}</Badge>}
            <a
              href={reportFileHref(jobId, key)}
              download
              aria-label={`Download ${nameOf(key)}`}
              title="Download"
              className="flex size-8 shrink-0 items-center justify-center rounded-lg text-text-muted hover:bg-surface-2 hover:text-text"
            >
              <Download aria-hidden className="size-4" />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);
