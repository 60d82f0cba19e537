"use client";
import { useEffect, useState } from "react";

/** The value once it has kept still for `delay` milliseconds. */
export function useDebounced<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

/** Whether somebody has waited for long enough to be told so: to dim a hundred rows takes longer than most answers do. */
export const useLongWait = (waits: boolean): boolean => useDebounced(waits, 150) && waits;
