import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { JobListScreen } from "../../../components/job-list/job-list-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  await demandPerson();
  return (
    <Suspense>
      <NuqsAdapter>
        <JobListScreen />
      </NuqsAdapter>
    </Suspense>
  );
}
