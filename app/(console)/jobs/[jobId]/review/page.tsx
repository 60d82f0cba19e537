import type { Metadata } from "next";
import { JobReviewScreen } from "../../../../../components/job-review/job-review-screen.tsx";
import { demandPerson } from "../../../../server/session.ts";

export const metadata: Metadata = { title: "Review the job" };

export default async function Page({ params }: { params: Promise<{ jobId: string }> }) {
  await demandPerson();
  const { jobId } = await params;
  return <JobReviewScreen jobId={jobId} />;
}
