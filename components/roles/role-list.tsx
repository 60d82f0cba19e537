"use client";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import type { ConnectionView, RoleView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { EntryActions, useEntryDialogs } from "../connections/entry-actions.tsx";
import { DeleteDialog } from "../delete-dialog.tsx";
import { ListState } from "../list-state.tsx";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { PageHeader } from "../ui/page-header.tsx";

const RoleForm = dynamic(() => import("./role-form.tsx").then((module) => module.RoleForm), { ssr: false });

export interface RoleListProps {
  /** Whether the person may change roles; the API checks it again. */
  canWrite: boolean;
  accountId: string;
}

export function RoleList({ canWrite, accountId }: RoleListProps) {
  const dialogs = useEntryDialogs<RoleView>();
  const roles = useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => api<RoleView[]>("/api/roles", { signal }) });
  const connections = useQuery({ queryKey: ["connections"], queryFn: ({ signal }) => api<ConnectionView[]>("/api/connections", { signal }) });
  // It stands there before anything has come: what lies below would be pushed down by it.
  const add =
    connections.data?.length === 0 ? (
      <Link href="/connections" className={buttonClass({ variant: "primary" })}>
        Add a connection first
      </Link>
    ) : (
      <Button variant="primary" onClick={dialogs.add} disabled={!connections.data}>
        <Plus aria-hidden />
        Add a role
      </Button>
    );
  return (
    <>
      <PageHeader
        title="Execution roles"
        description="The identities that jobs run with: each task is signed with its role’s keys, never with the connection’s own."
        actions={canWrite && add}
      />
      {canWrite && !connections.data && connections.error && (
        <div className="mb-4">
          <LoadFailed noun="connections" query={connections} />
        </div>
      )}
      <ListState
        query={roles}
        noun="roles"
        empty={
          <EmptyState icon={<KeyRound />} title="No execution roles yet">
            {canWrite
              ? "A role is a name for a pair of keys on a connection. Give its keys only the permissions that its jobs need."
              : "An administrator adds the roles that jobs can run with."}
          </EmptyState>
        }
      >
        {(items) => (
          <Card>
            <ul className="divide-y divide-border">
              {items.map((role) => (
                <RoleRow key={role.id} role={role} canWrite={canWrite} onEdit={() => dialogs.edit(role)} onDelete={() => dialogs.askToDelete(role)} />
              ))}
            </ul>
          </Card>
        )}
      </ListState>
      {dialogs.form && <RoleForm role={dialogs.form.form} connections={connections.data ?? []} accountId={accountId} onClose={dialogs.close} />}
      {dialogs.remove && (
        <DeleteDialog
          path={`/api/roles/${dialogs.remove.id}`}
          queryKeys={["roles", "connections"]}
          title="Delete the execution role?"
          done="The role is deleted"
          onClose={dialogs.close}
        >
          Longshore forgets <Code>{dialogs.remove.arn}</Code> and its keys. New jobs cannot name it any more.
        </DeleteDialog>
      )}
    </>
  );
}

interface RowProps {
  role: RoleView;
  canWrite: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

function RoleRow({ role: { arn, accessKeyId, assumeRole, connection, passers }, canWrite, onEdit, onDelete }: RowProps) {
  const name = arn.slice(arn.indexOf(":role/") + ":role/".length);
  return (
    <li className="flex items-start gap-3 px-5 py-4">
      <IconTile>
        <KeyRound />
      </IconTile>
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold leading-5 [overflow-wrap:anywhere]">{name}</h2>
        <div className="flex items-start gap-1 text-text-muted">
          <Code className="leading-6">{arn}</Code>
          <CopyButton value={arn} label={`Copy the ARN of ${name}`} />
        </div>
        <p className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5 text-note text-text-muted">
          <span>
            On <span className="text-text">{connection.name}</span>
          </span>
          {assumeRole && (
            <span>
              Assumes <Code className="text-text">{assumeRole.roleArn}</Code>
            </span>
          )}
          {accessKeyId === "" ? (
            <span>with the connection’s own keys</span>
          ) : (
            <span>
              {assumeRole ? "with access key" : "Access key"} <Code className="text-text">{accessKeyId}</Code>
            </span>
          )}
          {passers && (
            <span className="[overflow-wrap:anywhere]">
              For jobs of{" "}
              <span className="text-text">
                {passers.length === 0 ? "administrators" : <SafeText text={passers.map(({ name }) => name).join(", ")} max={200} />}
              </span>
              {passers.length === 0 ? " only" : " and administrators only"}
            </span>
          )}
        </p>
      </div>
      {canWrite && <EntryActions name={name} onEdit={onEdit} onDelete={onDelete} />}
    </li>
  );
}
