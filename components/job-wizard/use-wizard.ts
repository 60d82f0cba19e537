"use client";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useRef, useState } from "react";
import type { Issue } from "#lib/errors.ts";
import { toast } from "../ui/toast.ts";
import { type Draft, newDraft, type StepName, steps } from "./draft.ts";
import { goneIssues, issuesOf, issuesOfStep, reachableStep, type ServerIssue, standingIssues, stepOf, toServerIssue } from "./draft-issues.ts";
import { kindOf } from "./draft-to-input.ts";
import { focusFirstError } from "./focus-first-error.ts";
import { newToken } from "./new-token.ts";
import { useConnections, useRoles } from "./use-connections.ts";
import { useDraft } from "./use-draft.ts";
import { type ManifestState, useManifest } from "./use-manifest.ts";

const stepParser = parseAsStringLiteral(steps).withDefault("manifest").withOptions({ history: "push", scroll: true });

export interface Wizard {
  draft: Draft;
  draftId: string;
  /** This browser keeps no draft. */
  unkept: boolean;
  update: (change: (draft: Draft) => Draft) => void;
  manifest: ManifestState;
  step: StepName;
  reachable: StepName;
  /** What to show as wrong in the present step. */
  issues: Issue[];
  /** Steps that need attention, for the stepper. */
  invalid: ReadonlySet<StepName>;
  /** Nothing is wrong anywhere that is known here. */
  ready: boolean;
  go: (step: StepName) => void;
  next: () => void;
  discard: () => void;
  /** Begins another draft, at its first step unless another one is given; the present one stays among the drafts. */
  begin: (draft: Draft, step?: StepName) => void;
  /** The same with one that is to be mended: at its first step with an issue, all of which are shown. */
  mend: (draft: Draft) => void;
  forget: () => void;
  /** Shows the server's issues, and leads to the first of them. */
  refuse: (issues: readonly Issue[]) => void;
}

const untried = (of: string | null) => ({ of, attempted: new Set<StepName>(), refused: [] as readonly ServerIssue[] });

/** The draft, the step in the URL and what is wrong. Null while the stored draft is read. */
export function useWizard(owner: string, body: { current: HTMLElement | null }): Wizard | null {
  const { draft, id, update, begin, forget, restore, unkept } = useDraft(owner);
  const [urlStep, setUrlStep] = useQueryState("step", stepParser);
  /** Steps of the draft that one tried to leave, and what the server refused of it: of that draft alone. */
  const [tried, setTried] = useState<{ of: string | null; attempted: ReadonlySet<StepName>; refused: readonly ServerIssue[] }>(untried(null));
  const { attempted, refused } = tried.of === id ? tried : untried(id);
  /** The step whose first error takes the keyboard once it is drawn. */
  const focusWanted = useRef<StepName | null>(null);
  const [attempts, setAttempts] = useState(0);
  const manifest = useManifest(draft && draft.source !== "bucket" ? { ...draft.manifest, kind: kindOf(draft) } : null, (found) =>
    update((now) => ({ ...now, manifest: { ...now.manifest, found } })),
  );

  const connections = useConnections().data;
  const roles = useRoles().data;
  const gone = draft ? goneIssues(draft, connections, roles) : [];
  const own = draft ? [...gone, ...issuesOf(draft)] : [];
  const reachable = reachableStep(own);
  const step = steps.indexOf(urlStep) > steps.indexOf(reachable) ? reachable : urlStep;
  useEffect(() => {
    if (draft && step !== urlStep) void setUrlStep(step, { history: "replace" });
  }, [draft, step, urlStep, setUrlStep]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt takes the keyboard to the first error once
  useEffect(() => {
    if (focusWanted.current !== step) return;
    focusWanted.current = null;
    focusFirstError(body.current);
  }, [attempts, step]);

  if (!draft || id === null) return null;
  const standing = standingIssues(draft, refused);
  const attempt = () => {
    setTried({ of: id, refused, attempted: new Set([...attempted, step]) });
    focusWanted.current = step;
    setAttempts(attempts + 1);
  };
  const unreadable = manifest.problem === null ? [] : [{ path: "Manifest.Location.ObjectArn", message: manifest.problem }];
  // What S3 says about the manifest is more to the point than that it has not been found.
  const wrongIn = (name: StepName): Issue[] =>
    issuesOfStep([...unreadable, ...own.filter((issue) => !unreadable.some((one) => one.path === issue.path))], name);
  const shown = attempted.has(step) ? wrongIn(step) : issuesOfStep(gone, step);
  const fromServer = issuesOfStep(standing, step).filter((issue) => !shown.some((one) => one.path === issue.path));
  const invalid = new Set(
    steps.filter((name) => (attempted.has(name) && wrongIn(name).length > 0) || issuesOfStep(gone, name).length > 0 || issuesOfStep(standing, name).length > 0),
  );
  return {
    draft,
    draftId: id,
    unkept,
    update,
    manifest,
    step,
    reachable,
    issues: [...shown, ...fromServer],
    invalid,
    ready: own.length === 0 && manifest.problem === null,
    go: (to) => void setUrlStep(to),
    next: () => {
      if (wrongIn(step).length > 0) attempt();
      else void setUrlStep(steps[steps.indexOf(step) + 1] ?? "review");
    },
    discard: () => {
      const before = { id, draft };
      const beforeStep = step;
      forget();
      begin(newDraft(newToken()));
      void setUrlStep("manifest");
      const undo = () => {
        restore(before);
        void setUrlStep(beforeStep);
      };
      toast("The draft was discarded", { action: { label: "Undo", onClick: undo }, duration: 10_000 });
    },
    begin: (other, at = "manifest") => {
      begin(other);
      void setUrlStep(at, { history: "replace" });
    },
    mend: (other) => {
      const at = reachableStep(issuesOf(other));
      setTried({ of: begin(other), refused: [], attempted: new Set(steps) });
      focusWanted.current = at;
      setAttempts(attempts + 1);
      void setUrlStep(at, { history: "replace" });
    },
    forget,
    refuse: (issues) => {
      setTried({ of: id, attempted, refused: issues.map((issue) => toServerIssue(draft, issue)) });
      const first = steps.find((name) => issues.some((issue) => stepOf(issue.path) === name));
      focusWanted.current = first ?? null;
      setAttempts(attempts + 1);
      if (first && first !== step) void setUrlStep(first);
    },
  };
}
