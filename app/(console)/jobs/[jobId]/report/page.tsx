import type { Metadata } from "next";
import { ReportScreen } from "../../../../../components/report/report-screen.tsx";

export const metadata: Metadata = { title: "Completion report" };

export default async function Page({ params }: { params: Promise<{ jobId: string }> }) {
  const { jobId } = await params;
  return <ReportScreen jobId={jobId} />;
}
