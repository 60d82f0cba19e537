import type { ReactNode } from "react";
import type { S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
import { SafeText } from "./safe-text.tsx";
import { selectionRows } from "./selection-rows.ts";
import { Code } from "./ui/code.tsx";
import { Time } from "./ui/time.tsx";

/** What a generated manifest selects, for a description list. */
export function selectionItems(generator: Pick<S3ManifestGenerator, "Filter">): { term: string; value: ReactNode }[] {
  const rows = selectionRows(generator);
  if (rows.length === 0) return [{ term: "Selection", value: "Every object of the bucket" }];
  return rows.map(({ label, values, time }) => ({
    term: label,
    value: (
      <span className="flex flex-wrap gap-x-2 gap-y-0.5">
        {values.map((value, index) => (
          <span key={value}>
            {index > 0 && <span className="mr-2 text-text-muted">or</span>}
            {time ? (
              <Time value={value} absolute />
            ) : (
              <Code>
                <SafeText text={value} max={100} />
              </Code>
            )}
          </span>
        ))}
      </span>
    ),
  }));
}
