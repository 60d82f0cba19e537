import type { PersonRole } from "#lib/auth/permissions.ts";

/** What each role is for, least first. lib/auth/permissions.ts says what it may. */
export const roleWords: Record<PersonRole, { title: string; may: string }> = {
  viewer: { title: "Viewer", may: "Sees jobs, reports, connections and workers. Changes nothing but their own account." },
  operator: { title: "Operator", may: "Creates jobs and looks after their own: cancels, pauses, checks. Comments on any, confirms none." },
  reviewer: { title: "Reviewer", may: "Confirms jobs or sends them back, and looks after any job as operators do after theirs." },
  admin: { title: "Administrator", may: "Looks after connections, roles, webhooks, people and their access keys, and may all that reviewers may." },
};

export const roleOptions = (Object.keys(roleWords) as PersonRole[]).map((value) => ({
  value,
  title: roleWords[value].title,
  description: roleWords[value].may,
}));
