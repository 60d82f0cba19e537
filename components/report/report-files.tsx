"use client";
import { Download, Link2 } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { parseObjectLocation } from "#lib/browse/s3-location.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportPage } from "#lib/reports/read-report.ts";
import { Copyable } from "../copyable.tsx";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { IconButton } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { whyOutOfReach } from "./link-reach.ts";
import { MoreButton, useMore } from "./more-button.tsx";
import { reportFileHref } from "./report-query.ts";

interface ReportFilesProps {
  job: JobDetails;
  /** `s3://` path of the report's manifest.json. */
  location: string;
  files: ReportPage["files"];
}

const firstFiles = 6;
const linkDialog = lazily(() => import("./report-link-dialog.tsx"));
const never = () => () => {};

/** The files as they lie in S3; a report of billions of rows has thousands. */
export function ReportFiles({ job, location, files }: ReportFilesProps) {
  const [linked, setLinked] = useState<string | null>(null);
  const all = [{ key: parseObjectLocation(location)?.key ?? "", status: null }, ...files];
  const loaded = useLazy(linkDialog, linked !== null);
  const { shown, left, more } = useMore(all, firstFiles);
  // The server cannot know by which address the browser has the page.
  const unreachable = useSyncExternalStore(
    never,
    () => whyOutOfReach(job.connection.endpoint, window.location),
    () => "",
  );
  return (
    <Card aria-label="Files">
      <CardHeader title="Files" description={<Copyable text={location} label="Copy the report's path" />} />
      <ul className="divide-y divide-border">
        {shown.map(({ key, status }) => (
          <li key={key} className="flex items-center gap-1 px-5 py-2">
            <Code className="mr-2 min-w-0 flex-1">
              <SafeText text={nameOf(key)} />
            </Code>
            {status && (
              <Badge tone={status === "failed" ? "danger" : "success"} className="mr-2">
                {status === "failed" ? "Failed" : "Succeeded"}
              </Badge>
            )}
            {unreachable === null && (
              <IconButton size="sm" label={`Make a link to ${nameOf(key)}`} onClick={() => setLinked(key)}>
                <Link2 aria-hidden />
              </IconButton>
            )}
            <a
              href={reportFileHref(job.id, key)}
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
      {(left > 0 || unreachable) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-border border-t px-5 py-2.5">
          {left > 0 && <MoreButton left={left} noun="file" onClick={more} className="-ml-3" />}
          {unreachable && (
            <p className="text-note text-text-muted">{unreachable} Files are downloaded through the console, and links to them are not offered here.</p>
          )}
        </div>
      )}
      {loaded && <loaded.ReportLinkDialog job={job} file={linked} onClose={() => setLinked(null)} />}
    </Card>
  );
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);
