"use client";
import { FolderSearch } from "lucide-react";
import { useState } from "react";
import { parseBucket } from "#lib/browse/s3-location.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Input } from "../ui/input.tsx";
import { S3Browser } from "./s3-browser.tsx";

interface Browsable {
  id: string;
  value: string;
  onChange: (value: string) => void;
  connectionId: string;
}

/** A bucket's name, typed or chosen. Stands inside a Field. */
export function BucketInput({ id, value, onChange, connectionId, title = "Choose a bucket" }: Browsable & { title?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex gap-2">
      <Input id={id} mono autoComplete="off" spellCheck={false} placeholder="bucket-name" value={value} onChange={(event) => onChange(event.target.value)} />
      <BrowseButton disabled={connectionId === ""} onClick={() => setOpen(true)} label="Browse buckets" />
      <S3Browser open={open} onOpenChange={setOpen} connectionId={connectionId} browseFor="bucket" title={title} onPick={(picked) => onChange(picked.bucket)} />
    </div>
  );
}

/** A prefix, typed or chosen as a folder; choosing also tells the bucket. */
export function PrefixInput({
  id,
  value,
  onChange,
  onPick,
  bucket,
  connectionId,
  placeholder,
}: Browsable & { bucket: string; onPick: (bucket: string, prefix: string) => void; placeholder?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex gap-2">
      <Input id={id} mono autoComplete="off" spellCheck={false} placeholder={placeholder} value={value} onChange={(event) => onChange(event.target.value)} />
      <BrowseButton disabled={connectionId === ""} onClick={() => setOpen(true)} label="Browse folders" />
      <S3Browser
        open={open}
        onOpenChange={setOpen}
        connectionId={connectionId}
        browseFor="prefix"
        title="Choose a folder"
        bucket={parseBucket(bucket)}
        onPick={(picked) => onPick(picked.bucket, picked.path)}
      />
    </div>
  );
}

/** @param onlyIcon on a phone, where it stands beside its field */
export const BrowseButton = ({ onClick, label, disabled, onlyIcon = true }: { onClick: () => void; label: string; disabled?: boolean; onlyIcon?: boolean }) => (
  <Button onClick={onClick} disabled={disabled} aria-label={label} title={disabled ? "Choose a connection first" : label}>
    <FolderSearch aria-hidden />
    <span className={cn(onlyIcon && "max-sm:hidden")}>Browse</span>
  </Button>
);
