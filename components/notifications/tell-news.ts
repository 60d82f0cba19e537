import type { NotificationFeed, NotificationView } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";

interface Told {
  /** Leads this tab to a path. */
  open: (href: string) => void;
  /** There was something to tell. */
  news: () => void;
}

const lookMs = 5_000;
/** Where the next tab that speaks goes on. */
const cursorKey = "longshore.notifications-cursor";

/** Asks for news again and again until `signal`, and shows them. Timers of a tab in the background are slower, and go on all the same. */
export async function tellNews(told: Told, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (Notification.permission === "granted") await tellOnce(told, signal).catch(() => undefined);
    await pause(lookMs, signal);
  }
}

async function tellOnce(told: Told, signal: AbortSignal): Promise<void> {
  const after = localStorage.getItem(cursorKey);
  const { notifications, cursor } = await api<NotificationFeed>(`/api/notifications/feed${after ? `?after=${encodeURIComponent(after)}` : ""}`, { signal });
  for (const notification of notifications) show(notification, told.open);
  // Whoever is closed right before this is followed by a tab that shows them again, in the same places.
  localStorage.setItem(cursorKey, cursor);
  if (notifications.length > 0) told.news();
}

function show({ id, title, body, href }: NotificationView, open: Told["open"]): void {
  try {
    const shown = new Notification(title, { body, tag: id, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      open(href);
      shown.close();
    };
  } catch {
    // Browsers of phones show notifications of service workers only.
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
