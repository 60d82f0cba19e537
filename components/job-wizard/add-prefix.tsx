"use client";
import { FolderSearch } from "lucide-react";
import { useState } from "react";
import { parseBucket } from "#lib/browse/s3-location.ts";
import { S3Browser } from "../s3-browser/s3-browser.tsx";
import { Button } from "../ui/button.tsx";
import type { Draft } from "./draft.ts";

/** A prefix more, chosen as a folder; choosing also tells the bucket. */
export function AddPrefix({ draft, onPick }: { draft: Draft; onPick: (bucket: string, prefix: string) => void }) {
  const [open, setOpen] = useState(false);
  const { connectionId } = draft.manifest;
  return (
    <div className="-mt-3">
      <Button size="sm" disabled={connectionId === ""} onClick={() => setOpen(true)}>
        <FolderSearch aria-hidden />
        Browse for a folder
      </Button>
      <S3Browser
        open={open}
        onOpenChange={setOpen}
        connectionId={connectionId}
        browseFor="prefix"
        title="Choose a folder whose objects the job works on"
        bucket={parseBucket(draft.selection.bucket)}
        onPick={(picked) => onPick(picked.bucket, picked.path)}
      />
    </div>
  );
}

/** The lines with one more, unless it is there, or is nothing. */
export function withLine(lines: string, line: string): string {
  const all = lines.split(/\r?\n/).filter((one) => one !== "");
  return line === "" || all.includes(line) ? lines : [...all, line].join("\n");
}
