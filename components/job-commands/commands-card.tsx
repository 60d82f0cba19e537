"use client";
import { ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { Card } from "../ui/card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const JobCommands = dynamic(() => import("./job-commands.tsx"), { ssr: false, loading: () => <Skeleton className="h-40" /> });

/** Folded until somebody wants it; its code is loaded then. */
export function CommandsCard({ title, request }: { title: string; request: CreateJobInput }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <details className="group/commands" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex cursor-pointer list-none items-center gap-3 px-5 py-3.5 -outline-offset-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-text-faint transition-transform group-open/commands:rotate-90" />
          <h2 className="font-semibold text-sm leading-6">{title}</h2>
        </summary>
        <div className="px-5 pb-5">{open && <JobCommands request={request} />}</div>
      </details>
    </Card>
  );
}
