"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** A new page begins at its content for the keyboard and the screen reader, unless something in it took the focus already. */
export function RouteFocus() {
  const path = usePathname();
  const seen = useRef(path);
  useEffect(() => {
    if (seen.current === path) return;
    seen.current = path;
    const main = document.getElementById("main");
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [path]);
  return null;
}
