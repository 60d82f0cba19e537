"use client";
import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";
import { startListening } from "./toaster-listening.ts";

/** toaster.tsx loads it. */
export function ToasterRoot() {
  useEffect(startListening, []);
  return (
    <Sonner
      // At the bottom it would lie over the buttons that decide (Run job, Next), and further down over those of the page's header.
      position="top-center"
      offset={{ top: 12 }}
      toastOptions={{
        style: { background: "var(--overlay)", color: "var(--text)", borderColor: "var(--border-strong)", fontFamily: "var(--font-sans)" },
        classNames: { description: "!text-text-muted" },
      }}
    />
  );
}
