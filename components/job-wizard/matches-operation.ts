import type { Operation } from "#lib/operations/operation.ts";

/** Whether every word of the search is in what the operation is called, here or in AWS's API, or says of itself. */
export function matchesOperation({ name, title, summary, group }: Pick<Operation, "name" | "title" | "summary" | "group">, search: string): boolean {
  const text = `${title} ${summary} ${group} ${name}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
