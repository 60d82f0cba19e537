"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus, SquareTerminal } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { AccessKeyView } from "#lib/auth/access-keys/access-key-views.ts";
import type { RoleView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { DeleteDialog } from "../delete-dialog.tsx";
import { ListState } from "../list-state.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { AccessKeyRows } from "./access-key-rows.tsx";

const CommandsCard = dynamic(() => import("./commands-card.tsx").then((module) => module.CommandsCard), {
  ssr: false,
  loading: () => <Card aria-busy className="mt-6 h-160" />,
});
const CreateKeyDialog = dynamic(() => import("./create-key-dialog.tsx").then((module) => module.CreateKeyDialog), { ssr: false });

export interface AccessKeysScreenProps {
  /** Of this console, as the person has opened it. */
  endpoint: string;
  accountId: string;
}

export function AccessKeysScreen({ endpoint, accountId }: AccessKeysScreenProps) {
  const [creating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<AccessKeyView | null>(null);
  const keys = useQuery({ queryKey: ["access-keys"], queryFn: ({ signal }) => api<AccessKeyView[]>("/api/access-keys", { signal }) });
  const roles = useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => api<RoleView[]>("/api/roles", { signal }) });
  const own = keys.data?.filter((key) => key.own) ?? [];
  const none = (
    <EmptyState icon={<SquareTerminal />} title="No access keys yet">
      With a key of yours, scripts, the AWS CLI and AWS’s SDKs create and watch jobs here. They may do what you may, and nothing more.
    </EmptyState>
  );
  return (
    <>
      <PageHeader
        title="Access keys"
        description="What scripts, the AWS CLI and AWS’s SDKs sign their requests to Longshore with."
        actions={
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus aria-hidden />
            Create an access key
          </Button>
        }
      />
      <ListState query={keys} noun="access keys" empty={none}>
        {(all) => {
          const others = all.filter((key) => !key.own);
          return (
            <>
              {own.length > 0 ? <AccessKeyRows title="Your keys" keys={own} onRevoke={setRevoked} /> : <Card>{none}</Card>}
              {others.length > 0 && <AccessKeyRows title="Other people’s keys" keys={others} onRevoke={setRevoked} />}
            </>
          );
        }}
      </ListState>
      {/* Below a list of unknown length: it would be pushed down when the keys come. */}
      {!keys.isPending && (
        <CommandsCard endpoint={endpoint} accountId={accountId} keys={own.filter((key) => !key.revokedAt)} roleArn={roles.data?.[0]?.arn ?? null} />
      )}
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
      {revoked && (
        <DeleteDialog
          path={`/api/access-keys/${revoked.id}`}
          queryKeys={["access-keys"]}
          title="Revoke the access key?"
          verb="Revoke"
          done="The access key is revoked"
          onClose={() => setRevoked(null)}
        >
          Requests signed with <SafeText className="font-medium" text={revoked.name} /> (<Code>{revoked.id}</Code>) are refused from now on. This cannot be
          undone.
        </DeleteDialog>
      )}
    </>
  );
}
