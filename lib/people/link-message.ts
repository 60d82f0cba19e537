import type { Mail } from "../notifications/mailer.ts";
import { oneLine } from "../notifications/words.ts";
import { escapeXml } from "../s3/escape-xml.ts";

export type LinkKind = "invitation" | "reset";

const words = {
  invitation: {
    subject: "Your invitation to Longshore",
    lead: (by: string) => `${by} has invited you to Longshore, which runs batch operations on the objects of S3 stores.`,
    label: "Accept the invitation",
    else: "If you do not know what this is about, leave it: without you, the link does nothing.",
  },
  reset: {
    subject: "Choose a new password for Longshore",
    lead: (by: string) => `${by} has made a link by which you choose a new password for Longshore.`,
    label: "Choose a new password",
    else: "If you did not ask for it, tell your administrator. Your password stays as it is until the link is used.",
  },
} as const;

/** What somebody reads who is sent a link. */
export function linkMessage(kind: LinkKind, { by, href, expiresAt }: { by: string; href: string; expiresAt: Date }): Pick<Mail, "subject" | "text" | "html"> {
  const { subject, lead, label, else: otherwise } = words[kind];
  const first = lead(oneLine(by, 120));
  const until = `The link works once, until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`;
  const html = [
    '<div style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#10171f;max-width:36rem">',
    `<p>${escapeXml(first)}</p>`,
    `<p><a href="${escapeXml(href)}">${escapeXml(label)}</a></p>`,
    `<p>${escapeXml(until)}</p>`,
    `<p style="font-size:13px;color:#56616e">${escapeXml(otherwise)}</p>`,
    "</div>",
  ].join("\n");
  return { subject, text: `${[first, `${label}: ${href}`, until, otherwise].join("\n\n")}\n`, html };
}
