"use client";
import { ArrowUpDown, CircleX, Copy, EllipsisVertical, Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { actionsOf } from "../job-changes.ts";
import { cloneHref } from "../job-links.ts";
import { PriorityDialog } from "../job-priority-dialog.tsx";
import { IconButton } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { useCan } from "../use-can.tsx";
import { usePause } from "../use-pause.ts";

/** What can be done with a job without opening it; nothing where the person or its status allows nothing. */
export function JobMenu({ job, className }: { job: JobListItem; className?: string }) {
  const router = useRouter();
  const [dialog, setDialog] = useState<"priority" | "cancel" | null>(null);
  const { pause, resume } = usePause(job.id);
  const whose = job.own ? "own" : "any";
  const allowed = {
    pause: useCan("job.pause", whose),
    priority: useCan("job.priority", whose),
    cancel: useCan("job.cancel", whose),
    create: useCan("job.create"),
  };
  const { pause: mayPause, resume: mayResume, priority, cancel } = actionsOf(job);
  const items = [
    allowed.create && { label: "Clone", Icon: Copy, onSelect: () => router.push(cloneHref(job.id)) },
    allowed.pause && mayPause && { label: "Pause", Icon: Pause, onSelect: pause },
    allowed.pause && mayResume && { label: "Resume", Icon: Play, onSelect: resume },
    allowed.priority && priority && { label: "Update priority", Icon: ArrowUpDown, onSelect: () => setDialog("priority") },
    allowed.cancel && cancel && { label: "Cancel job", Icon: CircleX, onSelect: () => setDialog("cancel") },
  ].filter((item) => item !== false);
  const close = () => setDialog(null);
  return (
    // Above the link that covers the row.
    <div className="relative z-10">
      {items.length > 0 && (
        <Menu
          trigger={
            <IconButton size="sm" label={`Actions for ${job.description || job.operationTitle}`} className={className}>
              <EllipsisVertical aria-hidden />
            </IconButton>
          }
        >
          {items.map(({ label, Icon, onSelect }) => (
            <MenuItem key={label} icon={<Icon aria-hidden />} onSelect={onSelect}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      )}
      {dialog === "priority" && <PriorityDialog job={job} open onOpenChange={close} />}
      {dialog === "cancel" && <CancelDialog job={job} open onOpenChange={close} />}
    </div>
  );
}
