"use client";
import { Braces } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { RoleView } from "#lib/connections/connection-views.ts";
import { Button } from "../ui/button.tsx";
import type { Wizard } from "./use-wizard.ts";

const ImportDialog = dynamic(() => import("./import-dialog.tsx"), { ssr: false });

/** Fills the wizard in from a job in JSON. */
export function ImportButton({ wizard, roles }: { wizard: Wizard; roles: readonly RoleView[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Braces aria-hidden />
        Import JSON
      </Button>
      {open && <ImportDialog roles={roles} onDraft={wizard.mend} onClose={() => setOpen(false)} />}
    </>
  );
}
