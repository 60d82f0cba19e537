"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { tellNews } from "./tell-news.ts";

/** Tells what happens to jobs by the system's notifications, where the person allowed it: of all open tabs, one does. */
export function BrowserNotifier() {
  const router = useRouter();
  const client = useQueryClient();
  useEffect(() => {
    // Both are there only over https, and on this machine.
    if (!("Notification" in window) || !navigator.locks) return;
    const ending = new AbortController();
    const { signal } = ending;
    const told = { open: router.push, news: () => void client.invalidateQueries({ queryKey: ["home"] }) };
    // The tab that has the lock speaks; when it is closed, another one gets it.
    navigator.locks.request("longshore-notifications", { signal }, () => tellNews(told, signal)).catch(() => undefined);
    return () => ending.abort();
  }, [router, client]);
  return null;
}
