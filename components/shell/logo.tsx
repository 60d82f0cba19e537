import { cn } from "../ui/cn.ts";

/** Cargo on the quay, water below. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-accent-fg">
        <rect x="6.5" y="13" width="9" height="5.5" rx="1.2" />
        <rect x="16.5" y="13" width="9" height="5.5" rx="1.2" opacity="0.72" />
        <rect x="9.5" y="6.5" width="9" height="5.5" rx="1.2" opacity="0.86" />
      </g>
      <path
        d="M6 23.4c1.7 0 1.7-1.4 3.35-1.4s1.65 1.4 3.3 1.4S14.3 22 16 22s1.65 1.4 3.35 1.4S21 22 22.65 22 24.3 23.4 26 23.4"
        className="stroke-accent-fg"
        strokeWidth="2"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}

export const Logo = ({ className }: { className?: string }) => (
  <span className={cn("inline-flex items-center gap-2.5 font-semibold text-base tracking-tight", className)}>
    <LogoMark />
    Longshore
  </span>
);
