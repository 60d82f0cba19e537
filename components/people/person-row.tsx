import { KeyRound, MonitorSmartphone, MoreHorizontal, Pencil, UserRoundCheck, UserRoundX } from "lucide-react";
import type { PersonView, SignInMethod } from "#lib/people/person-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { IconButton } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Td, Tr } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { visibleText } from "../visible-text.ts";
import { roleWords } from "./role-words.ts";

export type PersonAct = "edit" | "sessions" | "reset" | "disable" | "enable";

const methodWords: Record<SignInMethod, string> = { password: "Password", provider: "Single sign-on" };

export function PersonRow({ person, onAct }: { person: PersonView; onAct: (act: PersonAct) => void }) {
  const { name, email, role, own, lastSeenAt, disabledAt, methods, sessions } = person;
  const state = disabledAt ? (
    <Badge dot tone="danger">
      Disabled
    </Badge>
  ) : (
    <Badge dot tone={sessions > 0 ? "success" : "neutral"}>
      {sessions > 0 ? "Signed in" : "Enabled"}
    </Badge>
  );
  const seen = lastSeenAt ? <Time value={lastSeenAt} /> : "Never";
  return (
    <Tr>
      <Td className={cn("max-w-0", disabledAt && "text-text-muted")}>
        <div className="flex items-center gap-3">
          <span
            aria-hidden
            className={cn(
              "flex size-8 shrink-0 items-center justify-center rounded-full font-semibold text-xs uppercase",
              disabledAt ? "bg-surface-3 text-text-muted" : "bg-accent-soft text-accent-text",
            )}
          >
            {visibleText(name).slice(0, 1)}
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex items-center gap-2">
              <span className="truncate font-medium" title={visibleText(name)}>
                <SafeText text={name} />
              </span>
              {own && <Badge>You</Badge>}
            </div>
            <div className="truncate text-note text-text-muted" title={visibleText(email)}>
              <SafeText text={email} />
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-note text-text-muted md:hidden">
              {state}
              <span>{roleWords[role].title}</span>
              <span>{lastSeenAt ? <>Last seen {seen}</> : "Never seen"}</span>
            </div>
          </div>
        </div>
      </Td>
      <Td className="max-md:hidden">{roleWords[role].title}</Td>
      <Td className="whitespace-nowrap text-text-muted max-lg:hidden">{methods.map((method) => methodWords[method]).join(", ") || "None"}</Td>
      <Td className="whitespace-nowrap text-text-muted max-md:hidden">{seen}</Td>
      <Td className="max-md:hidden">{state}</Td>
      <Td className="w-0 text-right">
        <Menu
          align="end"
          trigger={
            <IconButton size="sm" label={`Actions for ${visibleText(name)}`}>
              <MoreHorizontal aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onAct("edit")}>
            Change name or role
          </MenuItem>
          <MenuItem icon={<MonitorSmartphone aria-hidden />} onSelect={() => onAct("sessions")}>
            Sessions
          </MenuItem>
          <MenuItem icon={<KeyRound aria-hidden />} disabled={disabledAt !== null} onSelect={() => onAct("reset")}>
            New password
          </MenuItem>
          {!own && <MenuSeparator />}
          {!own &&
            (disabledAt ? (
              <MenuItem icon={<UserRoundCheck aria-hidden />} onSelect={() => onAct("enable")}>
                Enable
              </MenuItem>
            ) : (
              <MenuItem icon={<UserRoundX aria-hidden />} danger onSelect={() => onAct("disable")}>
                Disable
              </MenuItem>
            ))}
        </Menu>
      </Td>
    </Tr>
  );
}
