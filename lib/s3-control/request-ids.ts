import { randomBytes } from "node:crypto";

/** What AWS's support asks for, and our log is searched by. */
export interface RequestIds {
  requestId: string;
  hostId: string;
}

export const newRequestIds = (): RequestIds => ({
  requestId: randomBytes(8).toString("hex").toUpperCase(),
  hostId: randomBytes(48).toString("base64"),
});
