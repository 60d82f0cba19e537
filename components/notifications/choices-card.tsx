import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { Choices } from "#lib/notifications/choices.ts";
import { notificationEvents, type Scope } from "#lib/notifications/notification-events.ts";
import type { NotificationSettings } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";
import { Card, CardHeader } from "../ui/card.tsx";
import { Select } from "../ui/select.tsx";
import { BrowserPermission } from "./browser-permission.tsx";
import { eventWords, scopeWords } from "./event-words.ts";
import { MailNote } from "./mail-note.tsx";

const key = ["notification-settings"];
const grid = "grid items-center gap-x-4 gap-y-2 px-5 py-3 max-sm:grid-cols-2 sm:grid-cols-[minmax(0,1fr)_8.5rem_8.5rem]";

/** Of which jobs the person wants to be told what, and how. Kept at once. */
export function ChoicesCard({ settings }: { settings: NotificationSettings }) {
  const { choices, mailFrom } = settings;
  const save = useSaveChoices();
  const choose = (channel: keyof Choices, event: keyof Choices["browser"], scope: Scope) =>
    save.mutate({ ...choices, [channel]: { ...choices[channel], [event]: scope } });
  return (
    <Card aria-label="Your notifications">
      <CardHeader title="Your notifications" description="They are for you alone, and what you choose is kept at once." />
      <div className={`${grid} border-border border-b font-medium text-text-muted text-xs max-sm:hidden`} aria-hidden>
        <span>When a job is</span>
        <span>Browser</span>
        <span>E-mail</span>
      </div>
      <ul className="divide-y divide-border">
        {notificationEvents.map((event) => {
          const { label, meaning } = eventWords[event];
          return (
            <li key={event} className={grid}>
              <div className="min-w-0 max-sm:col-span-2">
                <p className="font-medium">{label}</p>
                <p className="text-note text-text-muted">{meaning}</p>
              </div>
              {(["browser", "email"] as const).map((channel) => (
                <div key={channel} className="min-w-0">
                  <span aria-hidden className="mb-1 block text-text-muted text-xs sm:hidden">
                    {channel === "browser" ? "Browser" : "E-mail"}
                  </span>
                  <Select
                    size="sm"
                    aria-label={`${label}, by ${channel === "browser" ? "browser" : "e-mail"}`}
                    value={choices[channel][event]}
                    options={scopeWords}
                    disabled={channel === "email" && mailFrom === null}
                    onValueChange={(scope) => choose(channel, event, scope)}
                  />
                </div>
              ))}
            </li>
          );
        })}
      </ul>
      <div className="grid gap-x-8 gap-y-5 border-border border-t px-5 py-4 sm:grid-cols-2">
        <BrowserPermission />
        <MailNote settings={settings} />
      </div>
    </Card>
  );
}

/** Shows the choice before the answer is there, and takes it back where the answer is no. */
function useSaveChoices() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: key,
    mutationFn: (choices: Choices) => api<NotificationSettings>("/api/notifications/settings", { method: "PUT", body: choices }),
    // One after the other: the last choice is the one that stays.
    scope: { id: "notification-settings" },
    onMutate: async (choices) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<NotificationSettings>(key);
      client.setQueryData<NotificationSettings>(key, (now) => now && { ...now, choices });
      return before;
    },
    onError: (error, _choices, before) => {
      client.setQueryData(key, before);
      toast.error("Your choice was not kept", { description: error.message });
    },
  });
}
