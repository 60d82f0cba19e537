"use client";
import { Search } from "lucide-react";
import { useId, useRef, useState } from "react";
import { parseBucket, s3Path } from "#lib/browse/s3-location.ts";
import { browserStorage } from "../browser-storage.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/input.tsx";
import { formatNumber } from "../ui/number.tsx";
import { useDebounced } from "../use-debounced.ts";
import { bucketEntries, type Entry, objectEntries } from "./entries.ts";
import { EntryTable } from "./entry-table.tsx";
import { LocationBar } from "./location-bar.tsx";
import { folderOf, parentOf, recentPlaces, rememberPlace } from "./recent-places.ts";
import { RecentPlaces } from "./recent-places-list.tsx";
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
  const list = useRef<HTMLDivElement>(null);
  const [recent] = useState(() => recentPlaces(browserStorage(), connectionId));
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
  const up = () => {
    if (bucket !== null) go(folder === "" ? null : bucket, parentOf(folder));
  };
  const finish = (choice: Picked) => {
    if (browseFor !== "bucket") rememberPlace(browserStorage(), connectionId, { bucket: choice.bucket, folder: folderOf(choice.path) });
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
  const typed = bucket === null ? parseBucket(search) : null;
  const unlisted = typed !== null && !buckets.isPending && !(buckets.data?.buckets ?? []).some((one) => one.name === typed) ? typed : null;
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
            onKeyDown={(event) => {
              if (event.key === "Backspace" && search === "") up();
              if (event.key === "Enter") event.preventDefault();
              if (event.key !== "ArrowDown" && event.key !== "Enter") return;
              event.preventDefault();
              list.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
            }}
          />
        </div>
        {bucket === null && browseFor !== "bucket" && search === "" && <RecentPlaces places={recent} onGo={go} />}
        {unlisted !== null && (
          <div>
            <Button size="sm" onClick={() => (browseFor === "bucket" ? finish({ bucket: unlisted, path: "" }) : go(unlisted, ""))}>
              {browseFor === "bucket" ? "Choose" : "Open"} the bucket “{unlisted}”, which is not in the list
            </Button>
          </div>
        )}
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
          <div ref={list}>
            <EntryTable
              label={bucket === null ? "Buckets" : "Folders and objects"}
              entries={entries}
              loading={query.isPending || prefix !== folder + search}
              pickable={browseFor}
              picked={picked?.path ? picked.path : (picked?.bucket ?? null)}
              empty={emptyWords(bucket, folder, search)}
              onOpen={openEntry}
              onFinish={(entry) => {
                if (entry.kind === "object" && browseFor === "object") finish({ bucket: bucket ?? "", path: entry.path });
                if (entry.kind === "bucket" && browseFor === "bucket") finish({ bucket: entry.path, path: "" });
              }}
              onLeave={() => searchRef.current?.focus()}
              onUp={up}
            />
          </div>
        )}
        {bucket !== null && objects.hasNextPage && (
          <div className="flex flex-wrap items-center justify-center gap-3">
            <span className="text-note text-text-muted" role="status">
              The first {formatNumber(entries.length)} are shown.
            </span>
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

function emptyWords(bucket: string | null, folder: string, search: string): string {
  if (search !== "") return bucket === null ? "No bucket has this in its name." : "Nothing here begins with this.";
  if (bucket === null) return "This connection’s keys see no buckets. Type a bucket’s name to open it.";
  return folder === "" ? "This bucket is empty." : "Nothing is in this folder.";
}
