import { z } from "zod";
import { webhookUrlSchema } from "../functions/webhook-secret-schema.ts";
import { notificationEvents } from "./notification-events.ts";

const events = z.array(z.enum(notificationEvents)).min(1, "Choose at least one event").max(notificationEvents.length);

export const webhookSchema = z.strictObject({ url: webhookUrlSchema, events });
/** The URL stays: another receiver has another secret. */
export const webhookUpdateSchema = z.strictObject({ events: events.optional(), enabled: z.boolean().optional() });
export type WebhookValues = z.input<typeof webhookSchema>;

/** Nobody needs more, and each event is told to all of them. */
export const maxWebhooks = 20;
