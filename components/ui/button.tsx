import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const variants = {
  primary: "bg-accent text-accent-fg hover:bg-accent-hover",
  secondary: "border border-border-strong bg-surface text-text hover:bg-surface-2",
  ghost: "text-text-muted hover:bg-surface-2 hover:text-text",
  danger: "bg-danger-solid text-danger-fg hover:bg-danger-hover",
} as const;

const sizes = { sm: "h-8 gap-1.5 px-3 text-note", md: "h-9 gap-2 px-3.5 text-sm" } as const;

export interface ButtonLook {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
}

/** The look of a button, for links that act like one. */
export const buttonClass = ({ variant = "secondary", size = "md" }: ButtonLook = {}, className?: string): string =>
  cn(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-lg font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );

/** @param loading shows a spinner and ignores presses, keeping the focus */
export function Button({
  variant,
  size,
  loading = false,
  className,
  children,
  type = "button",
  onClick,
  ...rest
}: ButtonLook & { loading?: boolean } & ComponentProps<"button">) {
  return (
    <button
      {...rest}
      type={loading ? "button" : type}
      onClick={loading ? undefined : onClick}
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      className={buttonClass({ variant, size }, className)}
    >
      {loading && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

/** A square button that shows only an icon; `label` is its name and its tooltip. */
export function IconButton({ label, className, size = "md", variant = "ghost", ...rest }: ButtonLook & { label: string } & ComponentProps<"button">) {
  return <Button {...rest} variant={variant} size={size} aria-label={label} title={label} className={cn("px-0", size === "sm" ? "w-8" : "w-9", className)} />;
}
