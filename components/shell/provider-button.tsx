"use client";
import { LogIn } from "lucide-react";
import { useState } from "react";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { signInByProvider } from "./sign-in.ts";

/** @param target a path of the console, checked by the server */
export function ProviderButton({ name, target, primary = false }: { name: string; target: string; primary?: boolean }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const start = async () => {
    setBusy(true);
    setFailure(null);
    setFailure(await signInByProvider(target));
    setBusy(false);
  };
  return (
    <div className="flex flex-col gap-3">
      {failure && <Alert tone="danger">{failure}</Alert>}
      <Button variant={primary ? "primary" : "secondary"} loading={busy} className="w-full" onClick={start}>
        {!busy && <LogIn aria-hidden />}
        Continue with {name}
      </Button>
    </div>
  );
}

export const Or = () => (
  <div className="my-5 flex items-center gap-3 text-note text-text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
    or
  </div>
);
