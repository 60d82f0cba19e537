import { Link2, Mail, MoreHorizontal, X } from "lucide-react";
import type { InvitationView } from "#lib/people/person-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { IconButton } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { Time } from "../ui/time.tsx";
import { visibleText } from "../visible-text.ts";
import { roleWords } from "./role-words.ts";

interface InvitationsCardProps {
  invitations: readonly InvitationView[];
  onRenew: (invitation: InvitationView) => void;
  onWithdraw: (invitation: InvitationView) => void;
}

/** Who is invited and has not come yet. */
export const InvitationsCard = ({ invitations, onRenew, onWithdraw }: InvitationsCardProps) => (
  <Card className="mt-6" aria-label="Invitations">
    <CardHeader title="Invitations" description="Who has not come yet." />
    <ul className="divide-y divide-border">
      {invitations.map((invitation) => (
        <li key={invitation.id} className="flex items-start gap-3 px-5 py-3.5">
          <IconTile>
            <Mail />
          </IconTile>
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h3 className="min-w-0 font-medium leading-5">
                <SafeText text={invitation.email} />
              </h3>
              <Badge dot tone={invitation.expired ? "warning" : "info"}>
                {invitation.expired ? "Expired" : "Invited"}
              </Badge>
            </div>
            <p className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-note text-text-muted">
              <span>
                <SafeText text={invitation.name} className="text-text" />, {roleWords[invitation.role].title.toLowerCase()}
              </span>
              <span>
                By <SafeText text={invitation.createdBy} className="text-text" />
              </span>
              <span>
                {invitation.expired ? "Expired" : "Expires"} <Time value={invitation.expiresAt} className="text-text" />
              </span>
            </p>
          </div>
          <Menu
            align="end"
            trigger={
              <IconButton size="sm" label={`Actions for the invitation of ${visibleText(invitation.email)}`}>
                <MoreHorizontal aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Link2 aria-hidden />} onSelect={() => onRenew(invitation)}>
              New link
            </MenuItem>
            <MenuItem icon={<X aria-hidden />} danger onSelect={() => onWithdraw(invitation)}>
              Withdraw
            </MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  </Card>
);
