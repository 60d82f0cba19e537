"use client";
import type { PersonView } from "#lib/people/person-views.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { visibleText } from "../visible-text.ts";
import { SessionList, useEndSessions, useSessions } from "./session-list.tsx";

export function PersonSessionsDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const path = `/api/people/${person.id}/sessions`;
  const end = useEndSessions(path);
  const any = (useSessions(path).data ?? []).some((session) => !session.current);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Sessions of ${visibleText(person.name)}`}
      description="Where they are signed in. Access keys go on when a session ends."
      footer={
        <>
          {any && (
            <Button loading={end.isPending && end.variables === null} onClick={() => end.mutate(null)}>
              {person.own ? "End all others" : "End all"}
            </Button>
          )}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <SessionList path={path} className="-mx-5 divide-y divide-border" />
    </Dialog>
  );
}
