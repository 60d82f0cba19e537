"use client";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode } from "react";
import { lazily, useLazy } from "./lazily.ts";
import { useStandIn } from "./use-stand-in.ts";

const parts = lazily(() => import("./menu-parts.tsx"));

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<ComponentProps<"button">>;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}

/** Until somebody comes near and its code is there, its trigger alone stands there: a list has one in each of a hundred rows. */
export function Menu(props: MenuProps) {
  const loaded = useLazy(parts);
  const standIn = useStandIn(parts.ask, props.trigger.props);
  if (loaded && standIn.near) return <loaded.MenuRoot {...props} takeover={standIn.takeover()} />;
  return cloneElement(props.trigger, { ...standIn.props, "aria-haspopup": "menu", "aria-expanded": false });
}

export interface MenuItemProps {
  onSelect: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  const loaded = useLazy(parts);
  return loaded && <loaded.MenuItem {...props} />;
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
}

/** One of several, marked with a tick. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const loaded = useLazy(parts);
  return loaded && <loaded.MenuChoice {...props} />;
}

export function MenuSeparator() {
  const loaded = useLazy(parts);
  return loaded && <loaded.MenuSeparator />;
}

export const MenuHeader = ({ children }: { children: ReactNode }) => <div className="px-2.5 py-2">{children}</div>;
