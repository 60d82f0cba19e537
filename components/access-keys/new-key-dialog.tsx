import type { NewAccessKey } from "#lib/auth/access-keys/access-key-views.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { CodeWithCopy } from "../ui/code-with-copy.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { credentialsLines } from "./api-commands.ts";

/** A key that was just made, with its secret. */
export const NewKeyDialog = ({ accessKey: { id, secretAccessKey }, onClose }: { accessKey: NewAccessKey; onClose: () => void }) => (
  <Dialog
    open
    sticky
    onOpenChange={onClose}
    title="Your new access key"
    footer={
      <Button variant="primary" onClick={onClose}>
        I have copied the secret
      </Button>
    }
  >
    <div className="flex flex-col gap-4">
      <Alert tone="warning" title="This is the only time the secret is shown">
        Longshore cannot show it again. If it is lost, revoke the key and make another one.
      </Alert>
      <dl className="flex flex-col gap-3">
        <Part name="Access key ID" value={id} />
        <Part name="Secret access key" value={secretAccessKey} />
      </dl>
      <div className="flex flex-col gap-2">
        <p className="text-note text-text-muted leading-5">
          Both together, as lines for <Code>~/.aws/credentials</Code>:
        </p>
        <CodeWithCopy value={credentialsLines(id, secretAccessKey)} label="Copy the lines for ~/.aws/credentials" />
      </div>
    </div>
  </Dialog>
);

const Part = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt className="font-medium text-note leading-5">{name}</dt>
    <dd className="mt-1 flex items-center justify-between gap-2 rounded-lg border border-border bg-surface-2 py-1.5 pr-2 pl-3">
      <Code>{value}</Code>
      <CopyButton value={value} label={`Copy the ${name.toLowerCase().replace(" id", " ID")}`} />
    </dd>
  </div>
);
