"use client";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";

type State = NotificationPermission | "impossible" | "unknown";

const words: Record<State, string> = {
  unknown: "",
  granted: "This browser shows notifications while the console is open in any tab, also one that you do not look at.",
  default: "This browser asks you first, once.",
  denied: "This browser blocks them. Allow notifications for this site in the browser’s settings, then load the page again.",
  impossible: "This browser shows none here: it takes a console that is reached over https.",
};

/** Whether this browser may show notifications, and what to do about it. */
export function BrowserPermission() {
  const [state, setState] = useState<State>("unknown");
  useEffect(() => setState("Notification" in window && window.isSecureContext ? Notification.permission : "impossible"), []);
  return (
    <div>
      <p className="font-medium">By this browser</p>
      <p className="min-h-5 text-note text-text-muted">{words[state]}</p>
      {state === "default" && (
        <Button size="sm" className="mt-2" onClick={() => void Notification.requestPermission().then(setState)}>
          Allow notifications
        </Button>
      )}
    </div>
  );
}
