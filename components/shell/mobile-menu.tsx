"use client";
import { Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { AccountMenu, type AccountMenuProps } from "./account-menu.tsx";
import { NavLinks } from "./nav-links.tsx";

export function MobileMenu({ person }: AccountMenuProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Menu" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <MenuIcon aria-hidden />
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen} title="Menu" size="sm">
        <nav aria-label="Main">
          <NavLinks onNavigate={() => setOpen(false)} />
        </nav>
        <div className="mt-3 border-border border-t pt-3">
          <AccountMenu person={person} />
        </div>
      </Dialog>
    </>
  );
}
