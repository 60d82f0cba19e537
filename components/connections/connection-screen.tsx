"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ConnectionView, RoleView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ConnectionFacts } from "./connection-facts.tsx";
import { ProbeCard } from "./probe-card.tsx";

/** One connection: its facts, the roles on it, and what its store was found to do. */
export function ConnectionScreen({ connectionId, canWrite }: { connectionId: string; canWrite: boolean }) {
  const query = useQuery({
    queryKey: ["connections", connectionId],
    queryFn: ({ signal }) => api<ConnectionView>(`/api/connections/${encodeURIComponent(connectionId)}`, { signal }),
  });
  const connection = query.data;
  return (
    <>
      <PageHeader
        title={connection ? connection.name : "Connection"}
        description={connection ? <Code className="break-all">{connection.endpoint}</Code> : <Skeleton className="my-0.5 w-56" />}
        breadcrumbs={[{ label: "Connections", href: "/connections" }]}
      />
      {query.error && !connection ? (
        <LoadFailed noun="connection" query={query} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <Card>
              <CardHeader title="Facts" />
              <CardBody>{connection ? <ConnectionFacts connection={connection} /> : <Skeleton className="h-60 max-sm:h-71" />}</CardBody>
            </Card>
            <RolesCard connectionId={connectionId} />
          </div>
          <ProbeCard connectionId={connectionId} canWrite={canWrite} />
        </div>
      )}
    </>
  );
}

function RolesCard({ connectionId }: { connectionId: string }) {
  const query = useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => api<RoleView[]>("/api/roles", { signal }) });
  const roles = query.data?.filter((role) => role.connection.id === connectionId);
  return (
    <Card>
      <CardHeader
        title="Execution roles"
        description="Whose keys jobs run with here."
        actions={
          <Link href="/roles" className="rounded text-note text-accent-text hover:underline">
            All roles
          </Link>
        }
      />
      <CardBody>
        {roles === undefined ? (
          query.error ? (
            <p className="text-danger">{query.error.message}</p>
          ) : (
            <Skeleton className="w-3/5" />
          )
        ) : roles.length === 0 ? (
          <p className="text-text-muted">None yet. Jobs need one.</p>
        ) : (
          <DescriptionList
            items={roles.map((role) => ({
              term: <SafeText text={role.arn.replace(/^.*:role\//, "")} />,
              value: <Code className="break-all">{role.assumeRole?.roleArn ?? role.accessKeyId}</Code>,
            }))}
          />
        )}
      </CardBody>
    </Card>
  );
}
