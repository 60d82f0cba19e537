import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { ReportScreen } from "../../../../../components/report/report-screen.tsx";
import { demandPerson } from "../../../../server/session.ts";

export const metadata: Metadata = { title: "Completion report" };

export default async function Page({ params }: { params: Promise<{ jobId: string }> }) {
  await demandPerson();
  const { jobId } = await params;
  return (
    <NuqsAdapter>
      <ReportScreen jobId={jobId} />
    </NuqsAdapter>
  );
}
