import { createTransport } from "nodemailer";
import { oneLine } from "./words.ts";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same at each attempt: receivers tell a repetition by it. */
  id: string;
}

export interface Mailer {
  /** @throws Error whose words hold no secret of ours */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const waitMs = 10_000;

/** @param url LONGSHORE_SMTP_URL @param from LONGSHORE_MAIL_FROM */
export function createMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    dnsTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, id }) {
      await transport.sendMail({
        from: { name: "Longshore", address: from },
        to: { name: "", address: to },
        // A line break would begin a header of whoever wrote the job's description.
        subject: oneLine(subject, 200),
        text,
        html,
        messageId: `<${id}@${from.split("@")[1] ?? "longshore"}>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}

/** Null where the installation sends no mail. */
export const mailerOf = (env: { LONGSHORE_SMTP_URL?: string | undefined; LONGSHORE_MAIL_FROM?: string | undefined }): Mailer | null =>
  env.LONGSHORE_SMTP_URL === undefined || env.LONGSHORE_MAIL_FROM === undefined ? null : createMailer(env.LONGSHORE_SMTP_URL, env.LONGSHORE_MAIL_FROM);

/** Why a mail was not taken, in words for the page and the log. */
export function mailFailure(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode === "number") return `The mail server refused the message (${responseCode}).`;
  return `The mail server could not be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}
