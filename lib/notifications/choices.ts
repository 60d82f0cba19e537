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

/** @param stored a row of NotificationChoice; an event that is not in it, since it came later, counts as not chosen, and so does all that cannot be read */
export function readChoices(stored: { browser: unknown; email: unknown } | null, role: PersonRole): Choices {
  const usual = usualChoices(role);
  const chosen = { browser: { ...usual.browser, ...(stored?.browser as object) }, email: { ...usual.email, ...(stored?.email as object) } };
  const parsed = choicesSchema.safeParse(chosen);
  return parsed.success ? parsed.data : usual;
}

/** Whether somebody is to be told of an event of this job. */
export const wants = (chosen: ChannelChoices, event: keyof ChannelChoices, mine: boolean): boolean =>
  chosen[event] === "all" || (chosen[event] === "mine" && mine);
