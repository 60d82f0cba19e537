/** What the JSON API shows of access keys. Times are ISO 8601 in UTC. */

export interface AccessKeyView {
  /** The access key id itself. */
  id: string;
  name: string;
  owner: { name: string; email: string };
  /** Whether it is the caller's own. */
  own: boolean;
  createdAt: string;
  /** To the minute; null: never. */
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** The one answer that ever holds the secret. */
export interface NewAccessKey extends AccessKeyView {
  secretAccessKey: string;
}
