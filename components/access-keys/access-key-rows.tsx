import { SquareTerminal } from "lucide-react";
import type { AccessKeyView } from "#lib/auth/access-keys/access-key-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { Time } from "../ui/time.tsx";
import { visibleText } from "../visible-text.ts";

export interface AccessKeyRowsProps {
  title: string;
  keys: readonly AccessKeyView[];
  onRevoke: (key: AccessKeyView) => void;
}

export const AccessKeyRows = ({ title, keys, onRevoke }: AccessKeyRowsProps) => (
  <Card className="mt-6 first:mt-0" aria-label={title}>
    <CardHeader title={title} />
    <ul className="divide-y divide-border">
      {keys.map((key) => (
        <Row key={key.id} accessKey={key} onRevoke={() => onRevoke(key)} />
      ))}
    </ul>
  </Card>
);

function Row({ accessKey: { id, name, owner, own, createdAt, lastUsedAt, revokedAt }, onRevoke }: { accessKey: AccessKeyView; onRevoke: () => void }) {
  return (
    <li className="flex items-start gap-3 px-5 py-4">
      <IconTile>
        <SquareTerminal />
      </IconTile>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h3 className="min-w-0 font-semibold leading-5">
            <SafeText text={name} />
          </h3>
          <Badge dot tone={revokedAt ? "neutral" : "success"}>
            {revokedAt ? "Revoked" : "Active"}
          </Badge>
        </div>
        <div className="flex items-start gap-1 text-text-muted">
          <Code className="leading-6">{id}</Code>
          {!revokedAt && <CopyButton value={id} label={`Copy the ID of ${visibleText(name)}`} />}
        </div>
        <p className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5 text-note text-text-muted">
          {!own && (
            <span title={owner.email}>
              Of <SafeText className="text-text" text={owner.name} />
            </span>
          )}
          <span>
            Created <Time value={createdAt} className="text-text" />
          </span>
          <span>
            {lastUsedAt ? (
              <>
                Last used <Time value={lastUsedAt} className="text-text" />
              </>
            ) : (
              "Never used"
            )}
          </span>
          {revokedAt && (
            <span>
              Revoked <Time value={revokedAt} className="text-text" />
            </span>
          )}
        </p>
      </div>
      {!revokedAt && (
        <Button size="sm" aria-label={`Revoke ${visibleText(name)}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </li>
  );
}
