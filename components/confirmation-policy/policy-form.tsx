"use client";
import { type FormEvent, useRef, useState } from "react";
import type { ConfirmationPolicyView } from "#lib/confirmation/policy-views.ts";
import { Actor } from "../actor.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardFooter } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Switch } from "../ui/switch.tsx";
import { Time } from "../ui/time.tsx";
import { draftOf, overError, type PolicyDraft, rulesOfDraft, sameRules } from "./policy-draft.ts";
import { TooFewPeople } from "./too-few-people.tsx";
import { useSavePolicy } from "./use-save-policy.ts";

interface PolicyFormProps {
  policy: ConfirmationPolicyView;
  /** Whether the person may change it; the API checks it again. */
  canWrite: boolean;
}

export function PolicyForm({ policy, canWrite }: PolicyFormProps) {
  const [draft, setDraft] = useState(() => draftOf(policy.rules));
  const [tried, setTried] = useState(false);
  const over = useRef<HTMLInputElement>(null);
  const save = useSavePolicy();
  const error = overError(draft);
  const rules = error === undefined ? rulesOfDraft(draft) : null;
  const change = (part: Partial<PolicyDraft>) => setDraft((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (rules) save.mutate(rules);
    else over.current?.focus();
  };
  return (
    <form noValidate onSubmit={submit} aria-label="Confirmation policy">
      <Card className="divide-y divide-border">
        <Switch
          className="px-5 py-4"
          checked={draft.notByCreator}
          onCheckedChange={(notByCreator) => change({ notByCreator })}
          disabled={!canWrite}
          label="Nobody confirms a job of their own"
          description="Whoever created a job, or changed it by making another one in its place, cannot confirm it. Every job then waits for somebody else, one that asks for no confirmation too."
        />
        <Switch
          className="px-5 py-4"
          checked={draft.twoForIrreversible}
          onCheckedChange={(twoForIrreversible) => change({ twoForIrreversible })}
          disabled={!canWrite}
          label="Two people confirm what can never be undone"
          description="Such as deleting objects for good, or locking them in COMPLIANCE mode. Nothing runs before the second of them has confirmed it."
        />
        <div className="px-5 py-4">
          <Switch
            checked={draft.twoForLarge}
            onCheckedChange={(twoForLarge) => change({ twoForLarge })}
            disabled={!canWrite}
            label="Two people confirm large jobs"
            description="Whatever they do. Such a job waits for them, though it may ask for no confirmation."
          />
          {draft.twoForLarge && (
            <Field label="Jobs of more objects than" required error={tried ? error : undefined} className="mt-3 ml-12 max-w-56">
              <Input
                ref={over}
                inputMode="numeric"
                autoComplete="off"
                className="tabular-nums"
                value={draft.over}
                disabled={!canWrite}
                onChange={(event) => change({ over: event.target.value })}
              />
            </Field>
          )}
        </div>
        <p className="px-5 py-4 text-note text-text-muted">
          Dry runs change nothing, so none of this is asked of them. A canary asks again before the rest runs, and all of it goes for that confirmation, too.
        </p>
        {rules && <TooFewPeople rules={rules} confirmers={policy.confirmers} />}
        <CardFooter className="justify-between border-t-0">
          <p className="text-note text-text-muted">
            {policy.changed ? (
              <>
                Last changed by <Actor event={{ actor: policy.changed.actor, actorName: policy.changed.name }} /> <Time value={policy.changed.at} />.
              </>
            ) : (
              "Nobody has changed it yet."
            )}
            {!canWrite && " An administrator can change it."}
          </p>
          {canWrite && (
            <Button type="submit" variant="primary" loading={save.isPending} disabled={rules !== null && sameRules(rules, policy.rules)}>
              Save
            </Button>
          )}
        </CardFooter>
      </Card>
    </form>
  );
}
