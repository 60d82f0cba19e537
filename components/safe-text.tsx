"use client";
import { useState } from "react";
import { cn } from "./ui/cn.ts";
import { cutMiddle, visibleSegments, visibleText } from "./visible-text.ts";

const Segments = ({ text }: { text: string }) =>
  visibleSegments(text).map((segment, index) =>
    segment.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place
      <span key={index} className="mx-px rounded-sm bg-warning-soft px-0.5 font-mono text-code text-warning" title="A character that cannot be seen">
        {segment.text}
      </span>
    ) : (
      segment.text
    ),
  );

/**
 * Text that somebody else wrote, such as a key or an error message: hidden characters are shown by their code,
 * and the text cannot reorder what stands around it.
 * @param max code points shown before the middle is left out; a click shows the rest
 * @param still no click does: for text within something else that is pressed
 */
export function SafeText({ text, max, still = false, className }: { text: string; max?: number; still?: boolean; className?: string }) {
  const [open, setOpen] = useState(false);
  const cut = max === undefined ? null : cutMiddle(text, max);
  const body =
    cut && !open ? (
      <>
        <Segments text={cut.head} />
        <span className="px-px text-text-muted">…</span>
        <Segments text={cut.tail} />
      </>
    ) : (
      <Segments text={text} />
    );
  const classes = cn("[overflow-wrap:anywhere]", className);
  if (!cut || still) return <bdi className={classes}>{body}</bdi>;
  return (
    <button
      type="button"
      aria-expanded={open}
      title={open ? "Show less" : visibleText(text)}
      onClick={() => setOpen(!open)}
      className={cn("text-left", classes)}
    >
      <bdi>{body}</bdi>
    </button>
  );
}
