import type { Metadata } from "next";
import { Suspense } from "react";
import { JobWizard } from "../../../../components/job-wizard/job-wizard.tsx";

export const metadata: Metadata = { title: "Create job" };

export default function NewJobPage() {
  return (
    <Suspense>
      <JobWizard />
    </Suspense>
  );
}
