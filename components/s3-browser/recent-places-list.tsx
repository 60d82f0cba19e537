import { History } from "lucide-react";
import { s3Path } from "#lib/browse/s3-location.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import type { Place } from "./recent-places.ts";

/** Where this browser's last choices were made. */
export function RecentPlaces({ places, onGo }: { places: readonly Place[]; onGo: (bucket: string, folder: string) => void }) {
  if (places.length === 0) return null;
  return (
    <ul aria-label="Recent places" className="flex flex-wrap gap-1.5">
      {places.map(({ bucket, folder }) => (
        <li key={`${bucket} ${folder}`} className="min-w-0">
          <Button size="sm" className="max-w-72" onClick={() => onGo(bucket, folder)}>
            <History aria-hidden />
            <SafeText text={s3Path(bucket, folder)} className="line-clamp-1 font-mono text-xs" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
