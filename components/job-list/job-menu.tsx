"use client";
import { ArrowUpDown, CircleX, Copy, EllipsisVertical, Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { can, type Verb } from "#lib/auth/permissions.ts";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { actionsOf } from "../job-changes.ts";
import { cloneHref } from "../job-links.ts";
import { PriorityDialog } from "../job-priority-dialog.tsx";
import { IconButton } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { useRole } from "../use-can.tsx";
import { usePause } from "../use-pause.ts";

type Dialog = "priority" | "cancel";

/** What can be done with a job without opening it; nothing where the person or its status allows nothing. */
export function JobMenu({ job, className }: { job: JobListItem; className?: string }) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const offered = useOffered(job);
  const close = () => setDialog(null);
  return (
    // Above the link that covers the row.
    <div className="relative z-10">
      {Object.values(offered).some(Boolean) && (
        <Menu
          trigger={
            <IconButton size="sm" label={`Actions for ${job.description || job.operationTitle}`} className={className}>
              <EllipsisVertical aria-hidden />
            </IconButton>
          }
        >
          <Items job={job} offered={offered} onDialog={setDialog} />
        </Menu>
      )}
      {dialog === "priority" && <PriorityDialog job={job} open onOpenChange={close} />}
      {dialog === "cancel" && <CancelDialog job={job} open onOpenChange={close} />}
    </div>
  );
}

/** What both the person and the job's status allow. */
function useOffered(job: JobListItem) {
  const role = useRole();
  const may = (verb: Verb) => can(role, verb, job.own ? "own" : "any");
  const { pause, resume, priority, cancel } = actionsOf(job);
  return {
    clone: can(role, "job.create"),
    pause: pause && may("job.pause"),
    resume: resume && may("job.pause"),
    priority: priority && may("job.priority"),
    cancel: cancel && may("job.cancel"),
  };
}

/** Drawn while the menu is open. */
function Items({ job, offered, onDialog }: { job: JobListItem; offered: ReturnType<typeof useOffered>; onDialog: (dialog: Dialog) => void }) {
  const router = useRouter();
  const { pause, resume } = usePause(job.id);
  const items = [
    offered.clone && { label: "Clone", Icon: Copy, onSelect: () => router.push(cloneHref(job.id)) },
    offered.pause && { label: "Pause", Icon: Pause, onSelect: pause },
    offered.resume && { label: "Resume", Icon: Play, onSelect: resume },
    offered.priority && { label: "Update priority", Icon: ArrowUpDown, onSelect: () => onDialog("priority") },
    offered.cancel && { label: "Cancel job", Icon: CircleX, onSelect: () => onDialog("cancel") },
  ].filter((item) => item !== false);
  return items.map(({ label, Icon, onSelect }) => (
    <MenuItem key={label} icon={<Icon aria-hidden />} onSelect={onSelect}>
      {label}
    </MenuItem>
  ));
}
