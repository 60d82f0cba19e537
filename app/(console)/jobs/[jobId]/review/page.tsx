import type { Metadata } from "next";
import { JobReviewScreen } from "../../../../../components/job-review/job-review-screen.tsx";

export const metadata: Metadata = { title: "Review the job" };

export default async function Page({ params }: { params: Promise<{ jobId: string }> }) {
  const { jobId } = await params;
  return <JobReviewScreen jobId={jobId} />;
}
