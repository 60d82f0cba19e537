import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./input.tsx";

/** What a select and its stand-in share: select.tsx and select-parts.tsx. */

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  description?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value | null | undefined | "";
  onValueChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  id?: string;
  invalid?: boolean;
  disabled?: boolean;
  size?: "sm" | "md";
  /** The name, where no Field's label gives one. */
  "aria-label"?: string;
  onBlur?: () => void;
  className?: string;
}

export const triggerClass = ({ size = "md", className }: Pick<SelectProps<string>, "size" | "className">): string =>
  cn(controlClass, "flex items-center justify-between gap-2 text-left", size === "sm" ? "h-8 px-2.5 text-note" : "h-9 px-3 text-sm", className);

export const SelectMark = () => <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-text-faint" />;

export function SelectValue({ option, placeholder = "Choose…" }: { option: SelectOption | undefined; placeholder: string | undefined }) {
  return <span className={cn("block truncate", !option && "text-text-faint")}>{option?.label ?? placeholder}</span>;
}
