import type { ConnectionView, RoleView } from "#lib/connections/connection-views.ts";
import type { Issue } from "#lib/errors.ts";
import type { Draft } from "./draft.ts";
import type { ManifestState } from "./use-manifest.ts";

/** What every step of the wizard gets. */
export interface StepProps {
  draft: Draft;
  update: (change: (draft: Draft) => Draft) => void;
  /** What is to be shown as wrong now: nothing before the person tried to go on. */
  issues: readonly Issue[];
  manifest: ManifestState;
  connections: readonly ConnectionView[];
  roles: readonly RoleView[];
}

export const errorAt = (issues: readonly Issue[], path: string): string | undefined => issues.find((issue) => issue.path === path)?.message;
