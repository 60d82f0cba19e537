"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { AccountView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";
import { LoadFailed } from "../load-failed.tsx";
import { SessionList, useEndSessions, useSessions } from "../people/session-list.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

// Their checks come after the page's first load.
const ProfileCard = dynamic(() => import("./profile-card.tsx").then((module) => module.ProfileCard), {
  loading: () => <Skeleton className="h-95 w-full max-sm:h-122" />,
});
const PasswordCard = dynamic(() => import("./password-card.tsx").then((module) => module.PasswordCard), {
  loading: () => <Skeleton className="h-62 w-full max-sm:h-81" />,
});

/** A person's own account. */
export function AccountScreen() {
  const account = useQuery({ queryKey: ["account"], queryFn: ({ signal }) => api<AccountView>("/api/account", { signal }) });
  return (
    <>
      <PageHeader title="Your account" description="Who you are here, where you are signed in, and your password." />
      {account.data ? (
        <div className="flex max-w-3xl flex-col gap-6">
          <ProfileCard account={account.data} />
          <SessionsCard />
          <PasswordCard has={account.data.methods.includes("password")} email={account.data.email} />
        </div>
      ) : account.error ? (
        <LoadFailed noun="account" query={account} />
      ) : (
        <Card aria-busy="true" aria-label="Loading your account" className="flex max-w-3xl flex-col gap-4 p-5">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-3/5" />
        </Card>
      )}
    </>
  );
}

function SessionsCard() {
  const path = "/api/account/sessions";
  const end = useEndSessions(path);
  const others = (useSessions(path).data ?? []).some((session) => !session.current);
  return (
    <Card aria-label="Sessions">
      <CardHeader
        title="Sessions"
        description="Where you are signed in. End what you do not know."
        actions={
          others && (
            <Button size="sm" loading={end.isPending && end.variables === null} onClick={() => end.mutate(null)}>
              End all others
            </Button>
          )
        }
      />
      <SessionList path={path} />
    </Card>
  );
}
