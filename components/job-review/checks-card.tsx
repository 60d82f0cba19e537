"use client";
import { ChevronRight, CircleAlert, CircleCheck, CircleHelp, RefreshCw, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { errorsOf, type FindingState, type PreflightFinding } from "#lib/preflight/preflight.ts";
import { useCheckJob } from "../job-api.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { Progress } from "../ui/progress.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";

const looks = {
  error: { Icon: CircleAlert, color: "text-danger", word: "Error" },
  warning: { Icon: TriangleAlert, color: "text-warning", word: "Warning" },
  unknown: { Icon: CircleHelp, color: "text-text-faint", word: "Not known" },
  ok: { Icon: CircleCheck, color: "text-success", word: "OK" },
} as const satisfies Record<FindingState, unknown>;

/** What is wrong comes first. */
const order = Object.keys(looks) as FindingState[];
/** What was found longer ago than this is looked at anew when somebody opens the review. */
const staleMs = 10 * 60_000;

/** What Longshore found out, without changing anything, about whether the job would succeed. */
export function ChecksCard({ job }: { job: JobDetails }) {
  const check = useCheckJob(job.id);
  const asked = useRef(false);
  const { preflight, preflightRunning, actions } = job;
  const stale = preflight === null ? !preflightRunning : Date.now() - Date.parse(preflight.checkedAt) > staleMs;
  const { mutate } = check;
  useEffect(() => {
    if (!stale || preflightRunning || !actions.check || asked.current) return;
    asked.current = true;
    mutate();
  }, [stale, preflightRunning, actions.check, mutate]);
  const running = preflightRunning || check.isPending;
  const ask = () => check.mutate(undefined, { onError: (error) => toast.error("The job was not checked", { description: error.message }) });
  return (
    <Card aria-label="Checks">
      <CardHeader
        title="Checks"
        description={
          preflight ? (
            <>
              {summary(preflight.findings)} Checked <Time value={preflight.checkedAt} />, without changing anything.
            </>
          ) : (
            "What the job needs is looked at with its own role, without changing anything."
          )
        }
        actions={
          actions.check && (
            <Button size="sm" loading={running} onClick={ask}>
              <RefreshCw aria-hidden />
              Check again
            </Button>
          )
        }
      />
      {preflight ? (
        <>
          <FindingList findings={preflight.findings.filter(({ state }) => state !== "ok")} />
          <Passed findings={preflight.findings.filter(({ state }) => state === "ok")} />
        </>
      ) : (
        <CardBody>
          <Progress value={null} label="Checking" className="h-2" />
        </CardBody>
      )}
    </Card>
  );
}

function FindingList({ findings }: { findings: readonly PreflightFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="divide-y divide-border">
      {[...findings]
        .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
        .map(({ state, check: name, message }, index) => {
          const { Icon, color, word } = looks[state];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of two things
            <li key={`${name} ${index}`} className="flex items-start gap-3 px-5 py-2.5 text-note">
              <Icon role="img" aria-label={word} className={cn("mt-0.5 size-4 shrink-0", color)} />
              <span className={cn("min-w-0", state === "ok" && "text-text-muted")}>
                <SafeText text={message} />
              </span>
            </li>
          );
        })}
    </ul>
  );
}

/** What is all right is counted, and told to whoever asks: what is not stands alone. */
function Passed({ findings }: { findings: readonly PreflightFinding[] }) {
  if (findings.length === 0) return null;
  const { Icon, color } = looks.ok;
  return (
    <details className="group/passed border-border [ul+&]:border-t">
      <summary className="flex cursor-pointer list-none items-center gap-3 px-5 py-2.5 text-note text-text-muted -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <Icon aria-hidden className={cn("size-4 shrink-0", color)} />
        {findings.length} {findings.length === 1 ? "check" : "checks"} passed
        <ChevronRight aria-hidden className="ml-auto size-4 shrink-0 text-text-faint transition-transform group-open/passed:rotate-90" />
      </summary>
      <div className="border-border border-t">
        <FindingList findings={findings} />
      </div>
    </details>
  );
}

function summary(findings: readonly PreflightFinding[]): string {
  const errors = errorsOf({ findings }).length;
  const warnings = findings.filter(({ state }) => state === "warning").length;
  const words = [errors > 0 && `${errors} ${errors === 1 ? "error" : "errors"}`, warnings > 0 && `${warnings} ${warnings === 1 ? "warning" : "warnings"}`];
  const found = words.filter((word) => word !== false).join(" and ");
  return found === "" ? "Nothing wrong was found." : `${found} found.`;
}
