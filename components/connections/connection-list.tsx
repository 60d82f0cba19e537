"use client";
import { useQuery } from "@tanstack/react-query";
import { HardDrive, Pencil, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { DeleteDialog } from "../delete-dialog.tsx";
import { ListState } from "../list-state.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ConnectionForm } from "./connection-form.tsx";

type Open = { form: ConnectionView | null } | { remove: ConnectionView } | null;

/** @param canWrite whether the person may change connections; the API checks it again */
export function ConnectionList({ canWrite }: { canWrite: boolean }) {
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery({ queryKey: ["connections"], queryFn: ({ signal }) => api<ConnectionView[]>("/api/connections", { signal }) });
  const close = () => setOpen(null);
  const add = canWrite && (
    <Button variant="primary" onClick={() => setOpen({ form: null })}>
      <Plus aria-hidden />
      Add a connection
    </Button>
  );
  const empty = (
    <EmptyState icon={<HardDrive />} title="No connections yet" action={add}>
      {canWrite
        ? "Add the S3-compatible store whose objects you want to work on. Its keys can be tested before they are saved."
        : "An administrator adds the stores whose objects jobs work on."}
    </EmptyState>
  );
  return (
    <>
      <PageHeader title="Connections" description="The S3-compatible stores that jobs work on." actions={query.data?.length ? add : undefined} />
      <ListState query={query} noun="connections" empty={empty}>
        {(connections) => (
          <ul className="grid gap-4 xl:grid-cols-2">
            {connections.map((connection) => (
              <li key={connection.id} className="min-w-0">
                <ConnectionCard
                  connection={connection}
                  canWrite={canWrite}
                  onEdit={() => setOpen({ form: connection })}
                  onDelete={() => setOpen({ remove: connection })}
                />
              </li>
            ))}
          </ul>
        )}
      </ListState>
      {open && "form" in open && <ConnectionForm connection={open.form} onClose={close} />}
      {open && "remove" in open && (
        <DeleteDialog
          path={`/api/connections/${open.remove.id}`}
          queryKeys={["connections"]}
          title={`Delete ${open.remove.name}?`}
          done={`The connection ${open.remove.name} is deleted`}
          onClose={close}
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
  const { name, endpoint, region, addressing, accessKeyId, workBucket, workPrefix, roles } = connection;
  return (
    <Card className="h-full">
      <header className="flex items-center gap-3 border-border border-b px-5 py-3.5">
        <span aria-hidden className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-surface-2 text-text-muted">
          <HardDrive className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold leading-5">{name}</h2>
          <Code className="block truncate text-text-muted">{endpoint}</Code>
        </div>
        {canWrite && (
          <div className="-mr-2 flex">
            <IconButton size="sm" label={`Change ${name}`} onClick={onEdit}>
              <Pencil aria-hidden />
            </IconButton>
            <IconButton size="sm" label={`Delete ${name}`} onClick={onDelete}>
              <Trash2 aria-hidden />
            </IconButton>
          </div>
        )}
      </header>
      <CardBody>
        <DescriptionList
          items={[
            { term: "Region", value: <Code>{region}</Code> },
            { term: "Addressing", value: addressing === "path" ? "Path" : "Virtual-hosted" },
            { term: "Access key ID", value: <Code>{accessKeyId}</Code> },
            { term: "Work area", value: <Code>{`s3://${workBucket}/${workPrefix}`}</Code> },
            {
              term: "Execution roles",
              value: (
                <Link href="/roles" className="rounded text-accent-text underline-offset-2 hover:underline">
                  {roles === 0 ? "None yet" : roles}
                </Link>
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
