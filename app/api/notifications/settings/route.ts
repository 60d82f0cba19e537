import { route } from "#lib/http/route.ts";
import { readNotificationSettings, updateNotificationSettings } from "#lib/notifications/notification-settings.ts";

/** → NotificationSettings */
export const GET = route(({ ctx }) => readNotificationSettings(ctx));

/** Choices → NotificationSettings */
export const PUT = route(async ({ ctx, body }) => updateNotificationSettings(ctx, await body()));
