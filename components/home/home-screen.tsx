"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import type { Home } from "#lib/home/home-views.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Alert } from "../ui/alert.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useCan } from "../use-can.tsx";
import { AwaitingCard } from "./awaiting-card.tsx";
import { FinishedCard } from "./finished-card.tsx";
import { FirstJob } from "./first-job.tsx";
import { HealthNote } from "./health-note.tsx";
import { homeSummary } from "./home-summary.ts";
import { RunningCard } from "./running-card.tsx";
import { SentBackCard } from "./sent-back-card.tsx";
import { TroubledCard } from "./troubled-card.tsx";
import { useHome } from "./use-home.ts";

/** What needs the person now, what runs, and what has ended of late. */
export function HomeScreen() {
  const query = useHome();
  const mayCreate = useCan("job.create");
  const home = query.data;
  return (
    <>
      <PageHeader
        title="Home"
        description={home ? homeSummary(home) : <Skeleton className="my-0.5 w-64" />}
        actions={
          mayCreate &&
          home?.start === null && (
            <Link href="/jobs/new" className={buttonClass({ variant: "primary" })}>
              <Plus aria-hidden />
              Create job
            </Link>
          )
        }
      />
      {query.error && home && (
        <Alert tone="warning" className="mb-4" title="This page is not up to date">
          {query.error.message}
        </Alert>
      )}
      {home ? <Sections home={home} /> : query.error ? <LoadFailed noun="home page" query={query} /> : <HomeSkeleton />}
    </>
  );
}

function Sections({ home }: { home: Home }) {
  return (
    <div className="flex flex-col gap-5">
      <HealthNote health={home.health} />
      {home.start ? (
        <FirstJob start={home.start} />
      ) : (
        <>
          {home.sentBack.jobs.length > 0 && <SentBackCard sentBack={home.sentBack} />}
          <AwaitingCard home={home} />
          <RunningCard running={home.running} />
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <TroubledCard troubled={home.troubled} />
            <FinishedCard finished={home.finished} />
          </div>
        </>
      )}
    </div>
  );
}

const HomeSkeleton = () => (
  <div role="status" aria-label="Reading what is going on" className="flex flex-col gap-5">
    {["a", "b"].map((card) => (
      <Card key={card} className="flex flex-col gap-4 p-5">
        <Skeleton className="w-48" />
        <Skeleton className="w-4/5" />
        <Skeleton className="w-1/2" />
      </Card>
    ))}
  </div>
);
