"use client";
import type { ReactNode } from "react";
import { lazily, useLazy } from "./lazily.ts";

const parts = lazily(() => import("./dialog-parts.tsx"));

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** A press outside does not close it: for forms that hold what somebody typed. */
  sticky?: boolean;
  /** Whether the keyboard goes back to where it was, asked when the dialog closes; always where absent. */
  returnsFocus?: () => boolean;
  children?: ReactNode;
  footer?: ReactNode;
}

/** Its header and footer stay in sight while the body scrolls; on a phone it is a sheet from the bottom. */
export function Dialog(props: DialogProps) {
  const loaded = useLazy(parts, props.open);
  return loaded && <loaded.DialogRoot {...props} />;
}
