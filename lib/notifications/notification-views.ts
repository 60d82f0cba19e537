import type { JobStatus, NotificationEvent } from "../db/generated/enums.ts";
import type { Choices } from "./choices.ts";

/** The job as it was when something happened to it. Counts are numbers; the description is as somebody typed it. */
export interface NotifiedJob {
  id: string;
  status: JobStatus;
  description: string;
  operation: string;
  operationTitle: string;
  dryRun: boolean;
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
  /** The name of whose job it is. */
  createdBy: string | null;
  /** Who did what happened, by e-mail, or "Longshore"; and why, where that was said. */
  actor: string;
  detail: string | null;
}

export interface NotificationView {
  id: string;
  event: NotificationEvent;
  /** ISO 8601. */
  at: string;
  title: string;
  body: string;
  /** A path of the console. */
  href: string;
}

export interface NotificationFeed {
  notifications: NotificationView[];
  /** To be given with the next question. */
  cursor: string;
}

export interface NotificationSettings {
  choices: Choices;
  /** Where e-mail would go to. */
  email: string;
  /** Null: the installation sends no e-mail. */
  mailFrom: string | null;
}

export interface WebhookView {
  id: string;
  url: string;
  events: NotificationEvent[];
  enabled: boolean;
  createdAt: string;
  createdBy: string;
  /** How the last attempt at a delivery ended; null before the first one. */
  last: { at: string; delivered: boolean; failure: string | null; givenUp: boolean } | null;
  /** Deliveries that are to be tried, or tried again. */
  waiting: number;
}

/** The only answer that holds the secret. */
export interface NewWebhook extends WebhookView {
  /** "whsec_…" */
  secret: string;
}
