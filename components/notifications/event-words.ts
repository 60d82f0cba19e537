import type { ChannelChoices } from "#lib/notifications/choices.ts";
import type { Scope } from "#lib/notifications/notification-events.ts";

export const eventWords: Record<keyof ChannelChoices, { label: string; meaning: string }> = {
  awaiting: { label: "Awaiting confirmation", meaning: "It is prepared, and somebody has to review it." },
  sentBack: { label: "Sent back", meaning: "A reviewer asks for a change before it may run." },
  paused: { label: "Paused by Longshore", meaning: "It cannot go on until somebody mends something, such as a role that is refused." },
  finished: { label: "Finished", meaning: "Every task has run, or somebody cancelled the job." },
  failed: { label: "Failed", meaning: "The job has failed, or nobody confirmed it in time." },
};

export const scopeWords: readonly { value: Scope; label: string }[] = [
  { value: "off", label: "Off" },
  { value: "mine", label: "My jobs" },
  { value: "all", label: "All jobs" },
];
