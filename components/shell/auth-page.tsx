import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";

interface AuthPageProps {
  title: string;
  lead: ReactNode;
  /** A note below the box. */
  below?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages by which people come in. */
export const AuthPage = ({ title, lead, below, children }: AuthPageProps) => (
  <main className="grid min-h-dvh place-items-center px-4 py-10">
    <div className="w-full max-w-[23rem]">
      <div className="mb-7 flex flex-col items-center gap-5 text-center">
        <Logo className="text-lg [&_svg]:size-9" />
        <div>
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          <p className="mt-0.5 text-text-muted [overflow-wrap:anywhere]">{lead}</p>
        </div>
      </div>
      <div className="rounded-xl border border-border bg-surface p-6">{children}</div>
      {below && <p className="mx-auto mt-5 max-w-80 text-balance text-center text-note text-text-muted">{below}</p>}
    </div>
  </main>
);
