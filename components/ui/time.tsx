"use client";
import { useState, useSyncExternalStore } from "react";

/** Seconds of each, and from how many on it is spoken of: "next month" would say too little of what is 30 days ahead. */
const units: readonly [Intl.RelativeTimeFormatUnit, number, number][] = [
  ["year", 31_536_000, 2],
  ["month", 2_592_000, 2],
  ["day", 86_400, 1],
  ["hour", 3_600, 1],
  ["minute", 60, 1],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How far the page's clock may be behind. */
const tickMs = 15_000;

/** "3 minutes ago", "in 30 days". What has just happened may seem ahead of the page's clock, and is "just now" all the same. */
export function formatRelative(value: Date, now: Date): string {
  const seconds = (value.getTime() - now.getTime()) / 1000;
  for (const [unit, size, least] of units) {
    if (Math.abs(seconds) >= least * size) return relative.format(seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size), unit);
  }
  return seconds * 1000 > tickMs ? "in less than a minute" : "just now";
}

/** Seconds as "2 h 5 min", "3 min 20 s", "45 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const parts: [number, string][] = [
    [days, "d"],
    [hours, "h"],
    [minutes, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** One clock for all times on the page. */
let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    // It stood still while no time was shown.
    now = new Date();
    timer = setInterval(() => {
      now = new Date();
      for (const notify of listeners) notify();
    }, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/**
 * A moment, relative to now, exact (in the person's zone) on hover, and in its place once it is pressed: a finger does not hover.
 * The server does not know that zone, so it says the time in UTC until the browser takes over.
 * @param absolute shows the exact time instead
 */
export function Time({ value, absolute = false, className }: { value: string; absolute?: boolean; className?: string }) {
  const clock = useSyncExternalStore(
    subscribe,
    () => now,
    () => null,
  );
  const [pressed, setPressed] = useState(false);
  const date = new Date(value);
  const words = clock === null ? value.slice(0, 16).replace("T", " ") : absolute || pressed ? exact.format(date) : formatRelative(date, clock);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a stop at every time of a list would be in the keyboard's way; what matters is also shown exactly
    <time
      dateTime={value}
      title={clock === null ? undefined : exact.format(date)}
      onClick={absolute ? undefined : () => setPressed(!pressed)}
      className={className}
    >
      {words}
    </time>
  );
}
