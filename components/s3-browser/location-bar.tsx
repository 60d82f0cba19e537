import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { SafeText } from "../safe-text.tsx";
import { crumbsOf } from "./entries.ts";

/** Where in S3 one is: each part leads back there. */
export function LocationBar({ bucket, folder, onGo }: { bucket: string | null; folder: string; onGo: (bucket: string | null, folder: string) => void }) {
  const places = [
    { key: "buckets", words: "Buckets" as ReactNode, go: () => onGo(null, "") },
    ...(bucket === null ? [] : [{ key: "bucket", words: <Name text={bucket} />, go: () => onGo(bucket, "") }]),
    ...crumbsOf(folder).map(({ name, prefix }) => ({ key: prefix, words: <Name text={name === "" ? "(no name)" : name} />, go: () => onGo(bucket, prefix) })),
  ];
  return (
    <nav aria-label="Location">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-note">
        {places.map((place, index) => {
          const last = index === places.length - 1;
          return (
            <li key={place.key} className="flex min-w-0 items-center gap-1">
              {last ? (
                <span aria-current="location" className="min-w-0 px-1 py-0.5 font-medium">
                  {place.words}
                </span>
              ) : (
                <button type="button" onClick={place.go} className="min-w-0 rounded px-1 py-0.5 text-accent-text hover:underline">
                  {place.words}
                </button>
              )}
              {!last && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-text-faint" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** One line, cut by CSS: inside a button SafeText may not be one itself. */
const Name = ({ text }: { text: string }) => <SafeText text={text} className="line-clamp-1 max-w-56" />;
