import type { NotificationEvent } from "../db/generated/enums.ts";
import { escapeXml } from "../s3/escape-xml.ts";
import type { Mail } from "./mailer.ts";
import type { NotifiedJob } from "./notification-views.ts";
import { bodyOf, hrefOf, titleOf } from "./words.ts";

interface Told {
  event: NotificationEvent;
  job: NotifiedJob;
}

/** What a person reads of an event. @param consoleUrl LONGSHORE_URL, where it is set */
export function mailMessage({ event, job }: Told, consoleUrl: string | undefined): Pick<Mail, "subject" | "text" | "html"> {
  const link = consoleUrl === undefined ? null : new URL(hrefOf(event, job.id), consoleUrl).href;
  const settings = consoleUrl === undefined ? null : new URL("/notifications", consoleUrl).href;
  const label = event === "awaiting" ? "Review the job" : "Open the job";
  return letter(titleOf(event, job), [bodyOf(event, job)], link === null ? null : { label, href: link }, settings);
}

export const testMessage = (): Pick<Mail, "subject" | "text" | "html"> =>
  letter("Longshore can send you mail", ["This is the test that you asked for on the page Notifications."], null, null);

interface Link {
  label: string;
  href: string;
}

function letter(subject: string, paragraphs: readonly string[], link: Link | null, settings: string | null): Pick<Mail, "subject" | "text" | "html"> {
  const why = settings === null ? "You chose to be told this in Longshore, on the page Notifications." : `You chose to be told this: ${settings}`;
  const text = [subject, ...paragraphs, ...(link ? [`${link.label}: ${link.href}`] : []), `-- \n${why}`].join("\n\n");
  const html = [
    '<div style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#10171f;max-width:36rem">',
    `<p style="font-weight:600">${escapeXml(subject)}</p>`,
    ...paragraphs.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`),
    ...(link ? [`<p><a href="${escapeXml(link.href)}">${escapeXml(link.label)}</a></p>`] : []),
    `<p style="font-size:13px;color:#56616e">${escapeXml(why)}</p>`,
    "</div>",
  ].join("\n");
  return { subject, text: `${text}\n`, html };
}
