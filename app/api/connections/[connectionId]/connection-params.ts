import { z } from "zod";

/** The part of the path that names a connection. */
export const connectionParams = z.object({ connectionId: z.uuid() });
