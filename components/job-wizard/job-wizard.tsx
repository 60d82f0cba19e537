"use client";
import Link from "next/link";
import { type MouseEvent, useEffect, useRef } from "react";
import { Alert } from "../ui/alert.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Stepper } from "../ui/stepper.tsx";
import { CreateJobFailure } from "./create-job-failure.tsx";
import { isTouched, type StepName, steps } from "./draft.ts";
import { DraftsButton, UnfinishedDraft } from "./drafts.tsx";
import { ImportButton } from "./import-button.tsx";
import { ManifestStep } from "./manifest-step.tsx";
import { newToken } from "./new-token.ts";
import { OperationStep } from "./operation-step.tsx";
import { OptionsStep } from "./options-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { useChoices } from "./use-choices.ts";
import { useCreateJob } from "./use-create-job.ts";
import { useDrafts } from "./use-drafts.ts";
import { useJobAsDraft } from "./use-job-as-draft.ts";
import { useWizard, type Wizard } from "./use-wizard.ts";
import { WizardSkeleton } from "./wizard-skeleton.tsx";

const titles: Record<StepName, { title: string; description: string }> = {
  manifest: { title: "Manifest", description: "Which objects" },
  operation: { title: "Operation", description: "What is done to them" },
  options: { title: "Additional options", description: "Report, role, priority" },
  review: { title: "Review", description: "Look at all of it" },
};

/** Creates a job in four steps. @param owner e-mail of the signed-in person, whose drafts these are */
export function JobWizard({ owner }: { owner: string }) {
  const body = useRef<HTMLFormElement>(null);
  const wizard = useWizard(owner, body);
  const choices = useChoices(wizard);
  const { busy } = useJobAsDraft(wizard);
  const drafts = useDrafts(owner, wizard?.draftId ?? "");
  return (
    <>
      <PageHeader
        title="Create job"
        description="One operation on every object of a manifest."
        breadcrumbs={[{ label: "Jobs", href: "/jobs" }]}
        actions={
          wizard && (
            <>
              <DraftsButton drafts={drafts} />
              <ImportButton wizard={wizard} roles={choices.roles} />
              {isTouched(wizard.draft) && (
                <Button variant="ghost" onClick={wizard.discard}>
                  Discard draft
                </Button>
              )}
            </>
          )
        }
      />
      {wizard && !busy && <UnfinishedDraft wizard={wizard} drafts={drafts} />}
      {wizard && choices.ready && !busy ? (
        <WizardBody wizard={wizard} choices={choices} body={body} />
      ) : (
        <WizardSkeleton error={choices.error} onRetry={choices.retry} />
      )}
    </>
  );
}

/** The second press of a double click is not meant for the button that has just come up there. */
const once = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};

interface WizardBodyProps {
  wizard: Wizard;
  choices: ReturnType<typeof useChoices>;
  body: { current: HTMLFormElement | null };
}

function WizardBody({ wizard, choices, body }: WizardBodyProps) {
  const { step, draft, manifest } = wizard;
  const create = useCreateJob(wizard);
  const at = steps.indexOf(step);
  const heading = useStepFocus(step);
  const common = { draft, update: wizard.update, issues: wizard.issues, manifest, connections: choices.connections, roles: choices.roles };
  const waiting = step === "manifest" && (manifest.busy || manifest.previewBusy);

  return (
    <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="lg:sticky lg:top-6">
        <Stepper
          label="Steps of the job"
          steps={steps.map((name) => ({ ...titles[name], invalid: wizard.invalid.has(name) }))}
          current={at}
          reached={steps.indexOf(wizard.reachable)}
          onSelect={(index) => wizard.go(steps[index] ?? "manifest")}
        />
      </div>
      <form
        ref={body}
        noValidate
        aria-label={`Step ${at + 1} of ${steps.length}: ${titles[step].title}`}
        className="flex min-w-0 max-w-4xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (step !== "review" && !waiting) wizard.next();
        }}
      >
        <h2 ref={heading} tabIndex={-1} className="sr-only">
          Step {at + 1} of {steps.length}: {titles[step].title}
        </h2>
        {step === "manifest" && <ManifestStep {...common} />}
        {step === "operation" && <OperationStep {...common} />}
        {step === "options" && <OptionsStep {...common} />}
        {step === "review" && <ReviewStep {...common} onEdit={wizard.go} />}
        {step === "review" && create.error && (
          <CreateJobFailure error={create.error} onAnew={() => wizard.update((now) => ({ ...now, token: newToken() }))} onClose={create.reset} />
        )}
        {wizard.issues.length > 0 && step !== "review" && (
          <Alert
            tone="danger"
            title={
              wizard.issues.length === 1
                ? "One thing needs your attention: it stands in red above"
                : `${wizard.issues.length} things need your attention: each stands in red at its field`
            }
          />
        )}
        <footer className="flex flex-wrap items-center gap-2 pt-1 pb-6">
          <Link href="/jobs" className={buttonClass({ variant: "ghost" })}>
            Cancel
          </Link>
          <div className="ml-auto flex gap-2">
            {at > 0 && (
              <Button key="back" onClick={() => wizard.go(steps[at - 1] ?? "manifest")}>
                Back
              </Button>
            )}
            {step === "review" ? (
              <Button key="create" variant="primary" loading={create.isPending} disabled={!wizard.ready} onClick={once(() => create.mutate())}>
                Create job
              </Button>
            ) : (
              <Button key="next" type="submit" variant="primary" loading={waiting}>
                Next
              </Button>
            )}
          </div>
        </footer>
      </form>
    </div>
  );
}

/** A new step begins at its heading, for the keyboard and the screen reader; the first sight of the page does not. */
function useStepFocus(step: StepName) {
  const heading = useRef<HTMLHeadingElement>(null);
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current === step) return;
    seen.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
