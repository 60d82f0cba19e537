import type { Metadata } from "next";
import { JobDetailsScreen } from "../../../../components/job-details/job-details-screen.tsx";
import { demandPerson } from "../../../server/session.ts";

export const metadata: Metadata = { title: "Job" };

export default async function Page({ params }: { params: Promise<{ jobId: string }> }) {
  await demandPerson();
  const { jobId } = await params;
  return <JobDetailsScreen jobId={jobId} />;
}
