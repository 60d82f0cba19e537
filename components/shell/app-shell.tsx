import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu, type AccountMenuProps } from "./account-menu.tsx";
import { Logo } from "./logo.tsx";
import { MobileMenu } from "./mobile-menu.tsx";
import { NavLinks } from "./nav-links.tsx";
import { RouteFocus } from "./route-focus.tsx";
import { SkipLink } from "./skip-link.tsx";

/** Navigation on the left; on narrow screens a bar at the top with a menu. */
export function AppShell({ person, children }: AccountMenuProps & { children: ReactNode }) {
  return (
    <div className="md:grid print:block md:min-h-dvh md:grid-cols-[14rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-border border-b bg-surface px-4 md:hidden print:hidden">
        <Link href="/" className="rounded-lg">
          <Logo />
        </Link>
        <MobileMenu person={person} />
      </header>
      <aside className="sticky top-0 hidden h-dvh flex-col border-border border-r bg-surface px-3 py-4 md:flex print:hidden">
        <Link href="/" className="mb-6 rounded-lg px-2">
          <Logo />
        </Link>
        <nav aria-label="Main" className="flex-1">
          <NavLinks />
        </nav>
        <AccountMenu person={person} />
      </aside>
      <RouteFocus />
      <main id="main" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none md:px-8 md:py-8">
        <div className="mx-auto max-w-[75rem]">{children}</div>
      </main>
    </div>
  );
}
