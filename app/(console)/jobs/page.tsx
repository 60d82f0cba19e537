import type { Metadata } from "next";
import { Suspense } from "react";
import { JobListScreen } from "../../../components/job-list/job-list-screen.tsx";

export const metadata: Metadata = { title: "Jobs" };

export default function JobsPage() {
  return (
    <Suspense>
      <JobListScreen />
    </Suspense>
  );
}
