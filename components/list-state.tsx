import type { ReactNode } from "react";
import { LoadFailed } from "./load-failed.tsx";
import { Card } from "./ui/card.tsx";
import { Skeleton } from "./ui/skeleton.tsx";

interface ListQuery<T> {
  data: T[] | undefined;
  error: Error | null;
  refetch: () => unknown;
}

export interface ListStateProps<T> {
  query: ListQuery<T>;
  /** What is being loaded, as in "connections". */
  noun: string;
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** Loading, failed, empty, or the list itself. */
export function ListState<T>({ query, noun, empty, children }: ListStateProps<T>) {
  if (query.data) return query.data.length === 0 ? <Card>{empty}</Card> : children(query.data);
  if (query.error) {
    return <LoadFailed noun={noun} query={query} />;
  }
  return (
    <Card aria-busy="true" aria-label={`Loading the ${noun}`} className="flex flex-col gap-4 p-5">
      <Skeleton className="w-2/5" />
      <Skeleton className="w-3/5" />
      <Skeleton className="w-1/2" />
    </Card>
  );
}
