"use client";
import dynamic from "next/dynamic";
import type { InvitationView, LinkView, PersonView } from "#lib/people/person-views.ts";
import { ActDialog } from "../act-dialog.tsx";
import { SafeText } from "../safe-text.tsx";
import { toast } from "../ui/toast.ts";
import { visibleText } from "../visible-text.ts";
import type { PersonAct } from "./person-row.tsx";

const InviteDialog = dynamic(() => import("./invite-dialog.tsx").then((module) => module.InviteDialog), { ssr: false });
const EditPersonDialog = dynamic(() => import("./edit-person-dialog.tsx").then((module) => module.EditPersonDialog), { ssr: false });
const PersonSessionsDialog = dynamic(() => import("./person-sessions-dialog.tsx").then((module) => module.PersonSessionsDialog), { ssr: false });
const LinkDialog = dynamic(() => import("./link-dialog.tsx").then((module) => module.LinkDialog), { ssr: false });

/** What is asked, or shown, over the page. */
export type OpenDialog =
  | { kind: "invite" }
  | { kind: PersonAct; person: PersonView }
  | { kind: "renew" | "withdraw"; invitation: InvitationView }
  | { kind: "link"; title: string; link: LinkView };

interface PeopleDialogsProps {
  open: OpenDialog;
  sendsMail: boolean;
  onOpen: (next: OpenDialog | null) => void;
}

const people = ["people"];

export function PeopleDialogs({ open, sendsMail, onOpen }: PeopleDialogsProps) {
  const close = () => onOpen(null);
  const done = (words: string) => () => {
    toast.success(words);
    close();
  };
  const show = (title: string) => (link: LinkView) => onOpen({ kind: "link", title, link });
  switch (open.kind) {
    case "invite":
      return <InviteDialog sendsMail={sendsMail} onInvited={show("The invitation’s link")} onClose={close} />;
    case "link":
      return <LinkDialog title={open.title} link={open.link} onClose={close} />;
    case "edit":
      return <EditPersonDialog person={open.person} onClose={close} />;
    case "sessions":
      return <PersonSessionsDialog person={open.person} onClose={close} />;
    case "reset":
      return (
        <ActDialog
          title={`A new password for ${visibleText(open.person.name)}?`}
          verb="Make a link"
          queryKeys={people}
          path={`/api/people/${open.person.id}/password-reset`}
          onDone={show("The link for a new password")}
          onClose={close}
        >
          You get a link by which <SafeText text={open.person.email} /> chooses a new password within 24 hours. Their present one works until then; once they
          have chosen, all their sessions end.
        </ActDialog>
      );
    case "disable":
      return (
        <ActDialog
          danger
          title={`Disable ${visibleText(open.person.name)}?`}
          verb="Disable"
          queryKeys={people}
          path={`/api/people/${open.person.id}/disable`}
          onDone={done("Disabled")}
          onClose={close}
        >
          They are signed out at once, cannot sign in, and their access keys stop working. Their jobs go on. Enabling them brings all of it back.
        </ActDialog>
      );
    case "enable":
      return (
        <ActDialog
          title={`Enable ${visibleText(open.person.name)}?`}
          verb="Enable"
          queryKeys={people}
          path={`/api/people/${open.person.id}/enable`}
          onDone={done("Enabled")}
          onClose={close}
        >
          They can sign in again with their role and password, and their access keys work again.
        </ActDialog>
      );
    case "renew":
      return (
        <ActDialog
          title="Make a new link?"
          verb="Make a new link"
          queryKeys={people}
          path={`/api/invitations/${open.invitation.id}/link`}
          onDone={show("The invitation’s new link")}
          onClose={close}
        >
          The link that <SafeText text={open.invitation.email} /> may have now leads nowhere afterwards. The new one works for 7 days.
        </ActDialog>
      );
    case "withdraw":
      return (
        <ActDialog
          danger
          title="Withdraw the invitation?"
          verb="Withdraw"
          method="DELETE"
          queryKeys={people}
          path={`/api/invitations/${open.invitation.id}`}
          onDone={done("The invitation is withdrawn")}
          onClose={close}
        >
          The link that <SafeText text={open.invitation.email} /> may have leads nowhere afterwards.
        </ActDialog>
      );
  }
}
