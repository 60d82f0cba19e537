import type { PersonRole } from "../auth/permissions.ts";

/** What the JSON API shows of people. Times are ISO 8601 in UTC. */

/** How somebody may get in: with a password, or by the OpenID provider. */
export type SignInMethod = "password" | "provider";

export interface PersonView {
  id: string;
  name: string;
  email: string;
  role: PersonRole;
  /** Whether it is the caller. */
  own: boolean;
  createdAt: string;
  /** In the console or by an access key, to the minute; null: never. */
  lastSeenAt: string | null;
  disabledAt: string | null;
  methods: SignInMethod[];
  /** How many sessions are open, and how many access keys are active. */
  sessions: number;
  accessKeys: number;
}

export interface InvitationView {
  id: string;
  email: string;
  name: string;
  role: PersonRole;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  /** Its link leads nowhere any more. */
  expired: boolean;
}

export interface PeopleView {
  people: PersonView[];
  invitations: InvitationView[];
  /** Whether links are sent by mail as well. */
  sendsMail: boolean;
}

/** A link that lets its bearer in: the only answer that ever holds it. */
export interface LinkView {
  url: string;
  email: string;
  expiresAt: string;
  /** Whether it was sent by mail; null where the installation sends none. */
  mailed: boolean | null;
  /** Why it was not, in words. */
  mailFailure: string | null;
}

export interface SessionView {
  id: string;
  /** Browser and system, as far as the browser tells them: "Firefox on Windows". */
  device: string;
  address: string | null;
  createdAt: string;
  /** To the minute. */
  lastSeenAt: string;
  expiresAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
}

export interface AccountView {
  name: string;
  email: string;
  role: PersonRole;
  createdAt: string;
  methods: SignInMethod[];
}
