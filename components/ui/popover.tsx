"use client";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode } from "react";
import { lazily, useLazy } from "./lazily.ts";
import { useStandIn } from "./use-stand-in.ts";

const parts = lazily(() => import("./popover-parts.tsx"));

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement<ComponentProps<"button">>;
  /** Names the panel for screen readers. */
  label: string;
  align?: "start" | "end";
  children: ReactNode;
}

/** A panel of controls beside its button, where a menu's items would not do. Until its code has come, the button alone stands there. */
export function Popover(props: PopoverProps) {
  const loaded = useLazy(parts);
  const standIn = useStandIn(parts.ask, props.trigger.props);
  if (loaded) return <loaded.PopoverRoot {...props} takeover={standIn.takeover()} />;
  return cloneElement(props.trigger, { ...standIn.props, "aria-haspopup": "dialog", "aria-expanded": false });
}
