"use client";
import { lazily, useLazy } from "../ui/lazily.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const parts = lazily(() => import("./primitives-parts.tsx"));

/** Every primitive of components/ui in its states, for whoever builds a screen: linked from docs alone. */
export function PrimitivesScreen() {
  const loaded = useLazy(parts, true);
  return (
    <>
      <PageHeader title="Primitives" description="What screens are made of: all of components/ui, in both themes. Take one of these before you make another." />
      {loaded ? <loaded.PrimitivesParts /> : <Skeleton className="h-96" />}
    </>
  );
}
