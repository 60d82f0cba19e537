"use client";
import type { LinkView } from "#lib/people/person-views.ts";
import { LinkToCopy } from "../link-to-copy.tsx";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Time } from "../ui/time.tsx";

/** A link that was just made: the only time that anybody sees it. */
export function LinkDialog({ title, link: { url, email, expiresAt, mailed, mailFailure }, onClose }: { title: string; link: LinkView; onClose: () => void }) {
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          {mailed ? "Done" : "I have copied the link"}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {mailed && (
          <Alert tone="success" title="The link is on its way">
            It was sent to <SafeText text={email} />.
          </Alert>
        )}
        {mailed === false && (
          <Alert tone="warning" title="The link was not sent by mail">
            {mailFailure} Copy it, and give it to <SafeText text={email} /> yourself.
          </Alert>
        )}
        <p>
          {mailed ? (
            "You can also hand it over yourself."
          ) : (
            <>
              Copy the link, and give it to <SafeText text={email} className="font-medium" /> by a way that only they can read.
            </>
          )}{" "}
          It works once, and ends <Time value={expiresAt} />. Longshore cannot show it again; a new one can be made at any time.
        </p>
        <LinkToCopy url={url} />
      </div>
    </Dialog>
  );
}
