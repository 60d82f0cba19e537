"use client";
import { useQuery } from "@tanstack/react-query";
import { HardDrive, Plus, Webhook } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { DeleteDialog } from "../delete-dialog.tsx";
import { ListState } from "../list-state.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ConnectionFacts, RolesLink } from "./connection-facts.tsx";
import { EntryActions, useEntryDialogs } from "./entry-actions.tsx";
import { probeWords } from "./verdict-words.ts";

const ConnectionForm = dynamic(() => import("./connection-form.tsx").then((module) => module.ConnectionForm), { ssr: false });
const WebhookSecretDialog = dynamic(() => import("./webhook-secret-dialog.tsx").then((module) => module.WebhookSecretDialog), { ssr: false });

/** @param canWrite whether the person may change connections; the API checks it again */
export function ConnectionList({ canWrite }: { canWrite: boolean }) {
  const dialogs = useEntryDialogs<ConnectionView>();
  const [asksForSecret, setAsksForSecret] = useState(false);
  const query = useQuery({ queryKey: ["connections"], queryFn: ({ signal }) => api<ConnectionView[]>("/api/connections", { signal }) });
  const empty = (
    <EmptyState icon={<HardDrive />} title="No connections yet">
      {canWrite
        ? "Add the S3-compatible store whose objects you want to work on. Its keys can be tested before they are saved."
        : "An administrator adds the stores whose objects jobs work on."}
    </EmptyState>
  );
  return (
    <>
      <PageHeader
        title="Connections"
        description="The S3-compatible stores that jobs work on."
        actions={
          canWrite && (
            <>
              <Button onClick={() => setAsksForSecret(true)}>
                <Webhook aria-hidden />
                Webhook secret
              </Button>
              <Button variant="primary" onClick={dialogs.add}>
                <Plus aria-hidden />
                Add a connection
              </Button>
            </>
          )
        }
      />
      <ListState query={query} noun="connections" empty={empty}>
        {(connections) => (
          <ul className="grid gap-4 xl:grid-cols-2">
            {connections.map((connection) => (
              <li key={connection.id} className="min-w-0">
                <ConnectionCard
                  connection={connection}
                  canWrite={canWrite}
                  onEdit={() => dialogs.edit(connection)}
                  onDelete={() => dialogs.askToDelete(connection)}
                />
              </li>
            ))}
          </ul>
        )}
      </ListState>
      {asksForSecret && <WebhookSecretDialog onClose={() => setAsksForSecret(false)} />}
      {dialogs.form && <ConnectionForm connection={dialogs.form.form} onClose={dialogs.close} />}
      {dialogs.remove && (
        <DeleteDialog
          path={`/api/connections/${dialogs.remove.id}`}
          queryKeys={["connections"]}
          title={`Delete ${dialogs.remove.name}?`}
          done={`The connection ${dialogs.remove.name} is deleted`}
          onClose={dialogs.close}
        >
          Longshore forgets the endpoint and the keys. Nothing in the store itself is touched.
        </DeleteDialog>
      )}
    </>
  );
}

interface CardProps {
  connection: ConnectionView;
  canWrite: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

function ConnectionCard({ connection, canWrite, onEdit, onDelete }: CardProps) {
  const { id, name, endpoint, roles, probe } = connection;
  const page = `/connections/${encodeURIComponent(id)}`;
  return (
    <Card className="h-full">
      <header className="flex items-center gap-3 border-border border-b px-5 py-3.5">
        <IconTile>
          <HardDrive />
        </IconTile>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold leading-5">
            <Link href={page} className="rounded underline-offset-2 hover:underline">
              {name}
            </Link>
          </h2>
          <Code className="block truncate text-text-muted">{endpoint}</Code>
        </div>
        {canWrite && <EntryActions name={name} onEdit={onEdit} onDelete={onDelete} />}
      </header>
      <CardBody>
        <ConnectionFacts
          connection={connection}
          more={[
            { term: "Execution roles", value: <RolesLink roles={roles} /> },
            {
              term: "What it does",
              value: (
                <Link href={page} className="rounded text-accent-text underline-offset-2 hover:underline">
                  {probeWords(probe)}
                </Link>
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
