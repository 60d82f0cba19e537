"use client";
import { Search } from "lucide-react";
import { useId, useRef, useState } from "react";
import { s3Path } from "#lib/browse/s3-location.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/input.tsx";
import { useDebounced } from "../use-debounced.ts";
import { bucketEntries, type Entry, objectEntries } from "./entries.ts";
import { EntryTable } from "./entry-table.tsx";
import { LocationBar } from "./location-bar.tsx";
import { useBuckets, useObjects } from "./use-s3.ts";

export type BrowseFor = "object" | "bucket" | "prefix";

export interface Picked {
  bucket: string;
  /** The object's key, the folder's prefix, or nothing for a bucket. */
  path: string;
}

export interface S3BrowserProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  connectionId: string;
  browseFor: BrowseFor;
  title: string;
  /** The bucket to begin in; absent, the list of buckets. */
  bucket?: string | null;
  onPick: (picked: Picked) => void;
}

/** Looks through the buckets of a connection for an object, a bucket or a prefix. */
export function S3Browser(props: S3BrowserProps) {
  return props.open ? <OpenBrowser key={`${props.connectionId} ${props.bucket ?? ""}`} {...props} /> : null;
}

/** Mounted while open, so that each time it begins anew. */
function OpenBrowser({ onOpenChange, connectionId, browseFor, title, bucket: first = null, onPick }: S3BrowserProps) {
  const [bucket, setBucket] = useState<string | null>(browseFor === "bucket" ? null : first);
  const [folder, setFolder] = useState("");
  const [search, setSearch] = useState("");
  const [picked, setPicked] = useState<Picked | null>(null);
  const searchId = useId();
  const searchRef = useRef<HTMLInputElement>(null);
  const still = useDebounced(search, 300);
  const prefix = folder + (search === "" ? "" : still);
  const buckets = useBuckets(connectionId, bucket === null);
  const objects = useObjects(connectionId, bucket, prefix);
  const query = bucket === null ? buckets : objects;

  const go = (nextBucket: string | null, nextFolder: string) => {
    setBucket(nextBucket);
    setFolder(nextFolder);
    setSearch("");
    setPicked(browseFor === "prefix" && nextBucket !== null ? { bucket: nextBucket, path: nextFolder } : null);
    searchRef.current?.focus();
  };
  const finish = (choice: Picked) => {
    onPick(choice);
    onOpenChange(false);
  };
  const openEntry = (entry: Entry) => {
    if (entry.kind === "bucket" && browseFor === "bucket") setPicked({ bucket: entry.path, path: "" });
    else if (entry.kind === "bucket") go(entry.path, "");
    else if (entry.kind === "folder") go(bucket, entry.path);
    else if (browseFor === "object") setPicked({ bucket: bucket ?? "", path: entry.path });
  };

  const entries = bucket === null ? bucketEntries(buckets.data?.buckets ?? [], search) : objectEntries(objects.data?.pages ?? [], folder);
  const here = browseFor === "prefix" && bucket !== null ? { bucket, path: folder } : picked;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title={title}
      footer={
        <>
          <div className="min-w-0 flex-1 basis-full truncate font-mono text-note text-text-muted sm:basis-0" aria-live="polite">
            {here ? <SafeText text={s3Path(here.bucket, here.path)} max={90} /> : <span className="font-sans">{hints[browseFor]}</span>}
          </div>
          <Button variant="secondary" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button variant="primary" disabled={here === null} onClick={() => here && finish(here)}>
            {browseFor === "prefix" ? "Choose this folder" : "Choose"}
          </Button>
        </>
      }
    >
      <div className="flex min-h-[min(24rem,55dvh)] flex-col gap-3">
        <LocationBar bucket={bucket} folder={folder} onGo={go} />
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-text-faint" />
          <label htmlFor={searchId} className="sr-only">
            {bucket === null ? "Search buckets by name" : "Search this folder by prefix"}
          </label>
          <Input
            ref={searchRef}
            id={searchId}
            type="search"
            autoComplete="off"
            className="pl-9"
            placeholder={bucket === null ? "Search buckets by name" : "Names that begin with…"}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        {query.isError ? (
          <Alert
            tone="danger"
            title="S3 cannot be browsed here"
            actions={
              <Button size="sm" onClick={() => query.refetch()} loading={query.isFetching}>
                Try again
              </Button>
            }
          >
            {query.error.message}
          </Alert>
        ) : (
          <EntryTable
            label={bucket === null ? "Buckets" : "Folders and objects"}
            entries={entries}
            loading={query.isPending || prefix !== folder + search}
            pickable={browseFor}
            picked={picked?.path ? picked.path : (picked?.bucket ?? null)}
            empty={emptyWords(bucket, search)}
            onOpen={openEntry}
            onFinish={(entry) => {
              if (entry.kind === "object" && browseFor === "object") finish({ bucket: bucket ?? "", path: entry.path });
              if (entry.kind === "bucket" && browseFor === "bucket") finish({ bucket: entry.path, path: "" });
            }}
          />
        )}
        {bucket !== null && objects.hasNextPage && (
          <div className="flex justify-center">
            <Button size="sm" onClick={() => objects.fetchNextPage()} loading={objects.isFetchingNextPage}>
              Show more
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

const hints: Record<BrowseFor, string> = { object: "Choose an object", bucket: "Choose a bucket", prefix: "Open a bucket, then the folder" };

function emptyWords(bucket: string | null, search: string): string {
  if (search !== "") return bucket === null ? "No bucket has this in its name." : "Nothing here begins with this.";
  return bucket === null ? "This connection's keys see no buckets." : "Nothing is here.";
}
