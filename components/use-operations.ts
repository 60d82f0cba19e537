"use client";
import { lazily, useLazy } from "./ui/lazily.ts";

const registry = lazily(() => import("#lib/operations/registry.ts"));

/** What is known of each operation; null until it has come, which is after the page's first load. */
export const useOperations = () => useLazy(registry, true);
