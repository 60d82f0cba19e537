import { route } from "#lib/http/route.ts";
import { feedSchema, readFeed } from "#lib/notifications/read-feed.ts";

/** `?after` → NotificationFeed */
export const GET = route(({ ctx, url }) => readFeed(ctx, feedSchema.parse(Object.fromEntries(url.searchParams))));
