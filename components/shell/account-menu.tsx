"use client";
import { Bell, ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "../api-client.ts";
import { keepTheme, keptTheme, type ThemeChoice } from "../theme.ts";
import { Menu, MenuChoice, MenuHeader, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { toast } from "../ui/toast.ts";

export interface AccountMenuProps {
  person: { name: string; email: string; role: string };
}

const themes = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

/** Who is signed in; the look of the console; signing out. */
export function AccountMenu({ person }: AccountMenuProps) {
  const [theme, setTheme] = useState<ThemeChoice>("system");
  const router = useRouter();
  const choose = (choice: ThemeChoice) => {
    setTheme(choice);
    keepTheme(choice);
  };
  const trigger = (
    <button
      type="button"
      onFocus={() => setTheme(keptTheme())}
      className="flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left hover:bg-surface-2 data-[popup-open]:bg-surface-2"
    >
      <span
        aria-hidden
        className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-text text-xs uppercase"
      >
        {person.name.slice(0, 1)}
      </span>
      <span className="min-w-0 flex-1">
        <span className="sr-only">Account: </span>
        <span className="block truncate font-medium text-note leading-4">{person.name}</span>
        <span className="block truncate text-text-muted text-xs capitalize leading-4">{person.role}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-text-faint" />
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side="top">
      <MenuHeader>
        <span className="block truncate font-medium">{person.name}</span>
        <span className="block truncate text-text-muted text-xs">{person.email}</span>
      </MenuHeader>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} onValueChange={choose} options={themes} />
      <MenuSeparator />
      <MenuItem icon={<UserRound aria-hidden />} onSelect={() => router.push("/account")}>
        Your account
      </MenuItem>
      <MenuItem icon={<Bell aria-hidden />} onSelect={() => router.push("/notifications")}>
        Notifications
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

async function signOut(): Promise<void> {
  try {
    await api("/api/auth/sign-out", { method: "POST" });
    window.location.assign("/sign-in");
  } catch {
    toast.error("You are still signed in", { description: "The console could not be reached. Try again." });
  }
}
