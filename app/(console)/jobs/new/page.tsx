import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { can } from "#lib/auth/permissions.ts";
import { MayNotCreate } from "../../../../components/job-wizard/may-not-create.tsx";
import { JobWizard } from "../../../../components/job-wizard/wizard-loader.tsx";
import { demandPerson } from "../../../server/session.ts";

export const metadata: Metadata = { title: "Create job" };

export default async function NewJobPage() {
  const person = await demandPerson();
  if (!can(person.role, "job.create")) return <MayNotCreate />;
  return (
    <Suspense>
      <NuqsAdapter>
        <JobWizard owner={person.email} />
      </NuqsAdapter>
    </Suspense>
  );
}
