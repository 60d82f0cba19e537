import type { ReactNode } from "react";
import { cn } from "../ui/cn.ts";

export interface ExhibitProps {
  title: string;
  /** When to take it, and what it does by itself. */
  children?: ReactNode;
  /** What is shown, once in each theme; a landmark in it takes the theme into its name. */
  show: (theme: Theme) => ReactNode;
  /** Shown once, in the page's own theme: for what has a landmark that cannot be named. */
  once?: boolean;
}

export type Theme = "light" | "dark";

const themes = ["light", "dark"] as const;

/** One primitive, in both themes side by side. */
export function Exhibit({ title, children, show, once = false }: ExhibitProps) {
  return (
    <section className="flex min-w-0 flex-col gap-2.5">
      <div>
        <h3 className="font-medium">{title}</h3>
        {children && <p className="max-w-3xl text-note text-text-muted">{children}</p>}
      </div>
      {once ? (
        <div className="min-w-0 rounded-xl border border-border bg-surface p-5">{show("light")}</div>
      ) : (
        <div className="grid gap-3 lg:grid-cols-2">
          {themes.map((theme) => (
            <div key={theme} className={cn("theme min-w-0 rounded-xl border border-border bg-surface p-5 text-text", theme)}>
              {show(theme)}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

export const Row = ({ children }: { children: ReactNode }) => <div className="flex flex-wrap items-center gap-3">{children}</div>;

export const Column = ({ children }: { children: ReactNode }) => <div className="flex min-w-0 flex-col gap-4">{children}</div>;
