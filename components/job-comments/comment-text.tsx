"use client";
import { useState } from "react";
import { SafeText } from "../safe-text.tsx";
import { cn } from "../ui/cn.ts";

/** What fits without being folded. */
const shortLines = 8;
const shortLength = 600;

/** What somebody wrote, in their lines; a long one is folded, so that it pushes nothing else out of sight. */
export function CommentText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const lines = text.split(/\r\n|\r|\n/);
  const long = lines.length > shortLines || text.length > shortLength;
  return (
    <>
      <div className={cn("text-note leading-5", long && !open && "max-h-40 overflow-hidden")}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <p key={index} className="min-h-2">
            <SafeText text={line.trimEnd()} />
          </p>
        ))}
      </div>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mt-1 rounded font-medium text-accent-text text-note hover:underline"
        >
          {open ? "Show less" : "Show all of it"}
        </button>
      )}
    </>
  );
}
