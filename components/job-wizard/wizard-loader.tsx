"use client";
import { lazily, useLazy } from "../ui/lazily.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { WizardSkeleton } from "./wizard-skeleton.tsx";

const wizard = lazily(() => import("./job-wizard.tsx"));

/** The page stands while the wizard comes, which brings every operation and every check along. @param owner e-mail of the signed-in person */
export function JobWizard({ owner }: { owner: string }) {
  const loaded = useLazy(wizard, true);
  if (loaded) return <loaded.JobWizard owner={owner} />;
  return (
    <>
      <PageHeader title="Create job" description="One operation on every object of a manifest." breadcrumbs={[{ label: "Jobs", href: "/jobs" }]} />
      <WizardSkeleton error={null} onRetry={() => wizard.ask()} />
    </>
  );
}
