import { Lock } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** In place of the wizard, for who may only look. */
export const MayNotCreate = () => (
  <>
    <PageHeader title="Create job" breadcrumbs={[{ label: "Jobs", href: "/jobs" }]} />
    <Card>
      <EmptyState
        icon={<Lock />}
        title={<h2>Your role may not create jobs</h2>}
        action={
          <Link href="/jobs" className={buttonClass()}>
            All jobs
          </Link>
        }
      >
        Viewers see every job, its progress and its report. Operators, reviewers and administrators create jobs: ask an administrator for one of these roles.
      </EmptyState>
    </Card>
  </>
);
