import type { Home } from "#lib/home/home-views.ts";
import { countOf } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";

/** The page in a sentence. */
export function homeSummary({
  mayConfirm,
  awaiting,
  sentBack,
  running,
  start,
}: Pick<Home, "mayConfirm" | "awaiting" | "sentBack" | "running" | "start">): string {
  if (start) return "One operation on every object of a list: one, ten thousand or a billion.";
  const said: string[] = [];
  const say = (count: number, one: string, many: string) => {
    if (count === 0) return;
    // Only the first number says of what it is one.
    said.push(`${said.length === 0 ? countOf(count, "job") : formatNumber(count)} ${count === 1 ? one : many}`);
  };
  say(sentBack.total, "was sent back to you", "were sent back to you");
  const whose = mayConfirm ? "your confirmation" : "a reviewer";
  say(awaiting.total, `awaits ${whose}`, `await ${whose}`);
  say(running.total, "is under way", "are under way");
  return said.length === 0 ? "Nothing needs you, and no job is under way." : `${new Intl.ListFormat("en").format(said)}.`;
}
