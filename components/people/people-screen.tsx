"use client";
import { UserRoundPlus, UsersRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { PeopleView } from "#lib/people/person-views.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, TBody, THead, Th } from "../ui/table.tsx";
import { InvitationsCard } from "./invitations-card.tsx";
import { type OpenDialog, PeopleDialogs } from "./people-dialogs.tsx";
import { PersonRow } from "./person-row.tsx";
import { usePeople } from "./use-people.ts";

/** Everybody who has an account, and who is invited: for administrators. */
export function PeopleScreen() {
  const people = usePeople();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const invite = (
    <Button variant="primary" onClick={() => setOpen({ kind: "invite" })}>
      <UserRoundPlus aria-hidden />
      Invite somebody
    </Button>
  );
  return (
    <>
      <PageHeader title="People" description="Who may come in, and what they may do." actions={people.data ? invite : undefined} />
      {people.data ? <Lists view={people.data} invite={invite} onOpen={setOpen} /> : people.error ? <LoadFailed noun="people" query={people} /> : <Loading />}
      {open && <PeopleDialogs open={open} sendsMail={people.data?.sendsMail ?? false} onOpen={setOpen} />}
    </>
  );
}

function Lists({ view: { people, invitations }, invite, onOpen }: { view: PeopleView; invite: ReactNode; onOpen: (dialog: OpenDialog) => void }) {
  return (
    <>
      <Card className="overflow-hidden">
        <Table label="People">
          <THead>
            <tr>
              <Th className="w-full">Person</Th>
              <Th className="max-md:hidden">Role</Th>
              <Th className="max-lg:hidden">Signs in with</Th>
              <Th className="max-md:hidden">Last seen</Th>
              <Th className="max-md:hidden">State</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </THead>
          <TBody>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} onAct={(kind) => onOpen({ kind, person })} />
            ))}
          </TBody>
        </Table>
      </Card>
      {invitations.length > 0 && (
        <InvitationsCard
          invitations={invitations}
          onRenew={(invitation) => onOpen({ kind: "renew", invitation })}
          onWithdraw={(invitation) => onOpen({ kind: "withdraw", invitation })}
        />
      )}
      {people.length === 1 && invitations.length === 0 && (
        <Card className="mt-6 border-dashed">
          <EmptyState icon={<UsersRound />} title="Nobody else yet" action={invite} className="py-10">
            Invite whoever builds jobs as an operator, and whoever says yes or no to them as a reviewer. A second administrator can help you in when you are
            locked out.
          </EmptyState>
        </Card>
      )}
    </>
  );
}

const Loading = () => (
  <Card aria-busy="true" aria-label="Loading the people" className="flex flex-col gap-4 p-5">
    <Skeleton className="w-2/5" />
    <Skeleton className="w-3/5" />
    <Skeleton className="w-1/2" />
  </Card>
);
