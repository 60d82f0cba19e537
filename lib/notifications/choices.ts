import { z } from "zod";
import type { PersonRole } from "../auth/permissions.ts";
import { scopes } from "./notification-events.ts";

const channelSchema = z.strictObject({
  awaiting: z.enum(scopes),
  sentBack: z.enum(scopes),
  paused: z.enum(scopes),
  finished: z.enum(scopes),
  failed: z.enum(scopes),
});
/** Of which jobs a person wants to be told what, and how. */
export const choicesSchema = z.strictObject({ browser: channelSchema, email: channelSchema });
export type Choices = z.infer<typeof choicesSchema>;
export type ChannelChoices = Choices["browser"];

/** What goes for whoever has chosen nothing: the browser tells what is the person's concern, and no mail is sent unasked. */
export const usualChoices = (role: PersonRole): Choices => ({
  browser: { awaiting: role === "reviewer" || role === "admin" ? "all" : "off", sentBack: "mine", paused: "mine", finished: "mine", failed: "mine" },
  email: { awaiting: "off", sentBack: "off", paused: "off", finished: "off", failed: "off" },
});

/** Who chose before there was the event "paused" wants it as they want failures. */
const withPaused = (channel: unknown): unknown =>
  typeof channel === "object" && channel !== null && "failed" in channel ? { paused: channel.failed, ...channel } : channel;

/** @param stored a row of NotificationChoice; what cannot be read counts as not chosen */
export function readChoices(stored: { browser: unknown; email: unknown } | null, role: PersonRole): Choices {
  const parsed = choicesSchema.safeParse(stored && { browser: withPaused(stored.browser), email: withPaused(stored.email) });
  return parsed.success ? parsed.data : usualChoices(role);
}

/** Whether somebody is to be told of an event of this job. */
export const wants = (chosen: ChannelChoices, event: keyof ChannelChoices, mine: boolean): boolean =>
  chosen[event] === "all" || (chosen[event] === "mine" && mine);
