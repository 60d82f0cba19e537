import { randomUUID } from "node:crypto";
import { messageOf } from "../errors.ts";
import { log } from "../log.ts";
import { type Mailer, mailFailure } from "../notifications/mailer.ts";
import { type LinkKind, linkMessage } from "./link-message.ts";
import type { LinkView } from "./person-views.ts";

/** By what a link is told. */
export interface Delivery {
  /** Of the console, as the admin has opened it: "https://longshore.example.com" */
  origin: string;
  /** Null where the installation sends no mail. Closed afterwards. */
  mailer: Mailer | null;
}

export interface Link {
  kind: LinkKind;
  email: string;
  /** Who made it, as the person may know them. */
  by: string;
  path: string;
  expiresAt: Date;
}

export const invitationPath = (token: string): string => `/invitation/${token}`;
export const passwordResetPath = (token: string): string => `/reset-password/${token}`;

/** Sends a link to the person where mail is sent; one that was not sent can be copied all the same. */
export async function deliverLink({ origin, mailer }: Delivery, { kind, email, by, path, expiresAt }: Link): Promise<LinkView> {
  const view = { url: `${origin}${path}`, email, expiresAt: expiresAt.toISOString() };
  if (!mailer) return { ...view, mailed: null, mailFailure: null };
  try {
    await mailer.send({ ...linkMessage(kind, { by, href: view.url, expiresAt }), to: email, id: randomUUID() });
    return { ...view, mailed: true, mailFailure: null };
  } catch (error) {
    log.warn({ error: messageOf(error).replaceAll(path, "…") }, "the mail with a link was not taken");
    return { ...view, mailed: false, mailFailure: mailFailure(error) };
  } finally {
    mailer.close();
  }
}
