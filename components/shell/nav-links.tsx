"use client";
import { HardDrive, House, KeyRound, Layers, type LucideIcon, ScrollText, Server, ShieldCheck, SquareTerminal, UsersRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { can, type Verb } from "#lib/auth/permissions.ts";
import { useAwaiting } from "../home/use-home.ts";
import { cn } from "../ui/cn.ts";
import { useRole } from "../use-can.tsx";

interface Place {
  href: string;
  label: string;
  Icon: LucideIcon;
  /** Shown to those who may do it; to everybody where absent. */
  verb?: Verb;
}

const places: readonly Place[] = [
  { href: "/", label: "Home", Icon: House },
  { href: "/jobs", label: "Jobs", Icon: Layers },
  { href: "/connections", label: "Connections", Icon: HardDrive },
  { href: "/roles", label: "Roles", Icon: KeyRound },
  { href: "/workers", label: "Workers", Icon: Server },
  { href: "/people", label: "People", Icon: UsersRound, verb: "person.read" },
  { href: "/policy", label: "Policy", Icon: ShieldCheck },
  { href: "/audit", label: "Audit trail", Icon: ScrollText, verb: "audit.read" },
  { href: "/keys", label: "Access keys", Icon: SquareTerminal },
];

export function NavLinks({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname();
  const role = useRole();
  return (
    <ul className="flex flex-col gap-0.5">
      {places
        .filter(({ verb }) => verb === undefined || can(role, verb))
        .map(({ href, label, Icon }) => {
          const here = path === href || (href !== "/" && path.startsWith(`${href}/`));
          return (
            <li key={href}>
              <Link
                href={href}
                onClick={onNavigate}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "flex h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium transition-colors max-md:h-11",
                  here ? "bg-surface-3 text-text [&_svg]:text-accent-text" : "text-text-muted hover:bg-surface-2 hover:text-text",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {label}
                {href === "/" && <AwaitingBadge />}
              </Link>
            </li>
          );
        })}
    </ul>
  );
}

/** How many jobs the person is waited for with. */
function AwaitingBadge() {
  const { awaiting = 0, sentBack = 0 } = useAwaiting() ?? {};
  const all = awaiting + sentBack;
  if (all === 0) return null;
  const words = [
    awaiting > 0 && `${upTo99(awaiting)} ${awaiting === 1 ? "awaits" : "await"} your confirmation`,
    sentBack > 0 && `${upTo99(sentBack)} sent back to you`,
  ].filter((part) => part !== false);
  return (
    <span className="ml-auto rounded-full bg-warning-soft px-1.5 font-medium text-warning text-xs tabular-nums leading-5">
      <span aria-hidden>{upTo99(all)}</span>
      <span className="sr-only">: {words.join(", ")}</span>
    </span>
  );
}

const upTo99 = (count: number): string => (count > 99 ? "99+" : String(count));
