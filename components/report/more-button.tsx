"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { countOf } from "../job-progress.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/number.tsx";

const step = 100;

/** The first few of a long list, and more of them by and by. */
export function useMore<T>(all: readonly T[], first: number): { shown: readonly T[]; left: number; more: () => void } {
  const [count, setCount] = useState(first);
  return { shown: all.slice(0, count), left: Math.max(0, all.length - count), more: () => setCount(count + step) };
}

export const MoreButton = ({ left, noun, onClick, className }: { left: number; noun: string; onClick: () => void; className?: string }) => (
  <Button variant="ghost" size="sm" onClick={onClick} className={className}>
    <ChevronDown aria-hidden />
    {left <= step ? `Show ${countOf(left, `more ${noun}`)}` : `Show ${step} more of ${formatNumber(left)} ${noun}s`}
  </Button>
);
