/** What an entry may be about. */
export type AuditTargetType = "job" | "connection" | "role" | "person" | "access key" | "webhook" | "policy" | "audit trail" | "installation";

/**
 * Everything that the audit trail tells of, in words that follow the name of who did it: "ana@example.com confirmed the job".
 * What comes before the dot is the action's group. A new verb that changes something adds its line here, and never takes one away:
 * entries are kept for good.
 */
export const auditActions = {
  "job.create": "created the job",
  "job.repeat": "repeated the job",
  "job.confirm": "confirmed the job",
  "job.take-back": "took a confirmation of the job back",
  "job.send-back": "sent the job back",
  "job.ask-again": "asked for the job's confirmation again",
  "job.comment": "commented on the job",
  "job.edit": "changed the job",
  "job.cancel": "cancelled the job",
  "job.pause": "paused the job",
  "job.resume": "resumed the job",
  "job.priority": "changed the job's priority",
  "job.limits": "changed the job's limits",
  "job.tags": "changed the job's tags",
  "job.check": "had the job checked again",
  "job.export": "downloaded the list of jobs",
  "report.download": "downloaded the job's report",
  "report.link": "made a link to the job's report",
  "connection.create": "added the connection",
  "connection.update": "changed the connection",
  "connection.delete": "deleted the connection",
  "connection.test": "had the connection tested",
  "connection.probe": "had the connection's store probed",
  "manifest.upload": "had a manifest uploaded",
  "role.create": "added the role",
  "role.update": "changed the role",
  "role.delete": "deleted the role",
  "role.test": "had the role tested",
  "access-key.create": "made the access key",
  "access-key.revoke": "revoked the access key",
  "access-key.refused": "was refused with the access key",
  "webhook.create": "added the webhook",
  "webhook.update": "changed the webhook",
  "webhook.delete": "deleted the webhook",
  "webhook.test": "had a test sent to the webhook",
  "webhook.secret": "was shown the webhook's secret",
  "notification.settings": "chose what to be notified of",
  "session.sign-in": "signed in",
  "session.sign-in-failed": "failed to sign in",
  "session.sign-out": "signed out",
  "session.revoke": "ended a session",
  "person.create": "made the account",
  "person.invite": "invited the person",
  "person.invite-revoke": "took the invitation back",
  "person.join": "took up the invitation",
  "person.link": "linked the provider to the account",
  "person.update": "changed the account",
  "person.role": "changed the person's role",
  "person.disable": "disabled the account",
  "person.enable": "enabled the account",
  "person.reset": "made a link to reset the password",
  "person.password": "changed the password",
  "policy.update": "changed the policy",
  "secret.rotate": "sealed the stored secrets anew",
  "audit.export": "downloaded the audit trail",
} as const satisfies Record<string, string>;

export type AuditAction = keyof typeof auditActions;

/** The groups of actions, as the screen offers them, each with all actions whose names begin with one of its words. */
export const auditGroups = {
  jobs: { label: "Jobs", of: ["job"] },
  data: { label: "Reports and manifests", of: ["report", "manifest"] },
  connections: { label: "Connections and roles", of: ["connection", "role", "secret"] },
  keys: { label: "Access keys", of: ["access-key"] },
  webhooks: { label: "Webhooks and notifications", of: ["webhook", "notification"] },
  sessions: { label: "Sign-ins", of: ["session"] },
  people: { label: "People", of: ["person"] },
  policy: { label: "Policy and audit", of: ["policy", "audit"] },
} as const satisfies Record<string, { label: string; of: readonly string[] }>;

export type AuditGroup = keyof typeof auditGroups;

export const actionsOf = (group: AuditGroup): AuditAction[] => {
  const of: readonly string[] = auditGroups[group].of;
  return (Object.keys(auditActions) as AuditAction[]).filter((action) => of.includes(action.slice(0, action.indexOf("."))));
};
