"use client";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Check, Finding } from "#lib/connections/connection-views.ts";
import { cn } from "../ui/cn.ts";

const titles: Record<Check, string> = {
  endpoint: "Endpoint",
  clock: "Clock",
  role: "Role",
  credentials: "Keys",
  workBucket: "Work bucket",
  workArea: "Work area",
};

const looks = {
  ok: { Icon: CircleCheck, color: "text-success", word: "works" },
  warning: { Icon: TriangleAlert, color: "text-warning", word: "works with a limit" },
  error: { Icon: CircleAlert, color: "text-danger", word: "does not work" },
} as const;

/** What a test found, check by check; announced when it appears. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const failed = findings.some((finding) => finding.ok === "error");
  const box = useRef<HTMLDivElement>(null);
  // The form may fill the dialog: what was found must not wait below its edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new set of findings is shown
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [findings]);
  return (
    <div ref={box} role="status" className="overflow-hidden rounded-lg border border-border">
      <p className={cn("px-3.5 py-2 font-medium text-note", failed ? "bg-danger-soft text-danger" : "bg-success-soft text-success")}>
        {failed ? "It does not work yet" : "It works"}
      </p>
      <ul className="divide-y divide-border">
        {findings.map(({ check, ok, message }) => {
          const { Icon, color, word } = looks[ok];
          return (
            <li key={check} className="flex items-start gap-2.5 px-3.5 py-2.5 text-note leading-5">
              <Icon role="img" aria-label={word} className={cn("mt-0.5 size-4 shrink-0", color)} />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="mr-1.5 font-medium">{titles[check]}</span>
                <span className="text-text-muted">{message}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
