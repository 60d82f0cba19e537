import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { type Faults, faultAnswers } from "./faults.ts";

/** No bucket can have this name, so nothing of S3 is hidden. */
export const CONTROL_PATH = "/-/faults";

const faultSchema = z.strictObject({
  method: z.string().optional(),
  operation: z.string().optional(),
  bucket: z.string().optional(),
  keyIncludes: z.string().optional(),
  delay: z.number().int().min(0).optional(),
  answer: z.enum(faultAnswers).optional(),
  share: z.number().min(0).max(1).optional(),
  times: z.number().int().min(1).optional(),
});

async function control(faults: Faults, message: IncomingMessage): Promise<number> {
  if (message.method === "DELETE") {
    faults.clear();
    return 204;
  }
  if (message.method !== "POST") return 405;
  try {
    faults.add(faultSchema.parse(JSON.parse(Buffer.concat(await message.toArray()).toString())));
    return 204;
  } catch {
    return 400;
  }
}

/** POST adds a fault, DELETE removes all of them. */
export async function answerControl(faults: Faults, message: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(await control(faults, message)).end();
}
