import { parseBucket, parseObjectLocation } from "#lib/browse/s3-location.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import type { Draft } from "./draft.ts";

/** What a person recognises a draft by: its description, else what it does to what, as far as that is said. */
export function draftName(draft: Draft): string {
  const description = draft.options.description.trim();
  if (description !== "") return description;
  const { name } = draft.operation;
  const operation = operationNames.includes(name) ? findOperation(name).title : null;
  const objects = objectsOf(draft);
  if (operation && objects) return `${operation}: ${objects}`;
  return operation ?? objects ?? "Without a description";
}

function objectsOf(draft: Draft): string | null {
  if (draft.source === "bucket") return parseBucket(draft.selection.bucket);
  const location = parseObjectLocation(draft.manifest.location);
  return location?.key.split("/").findLast((part) => part !== "") ?? null;
}
