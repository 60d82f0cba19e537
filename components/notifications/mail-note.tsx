import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import type { NotificationSettings } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";

/** Where mail goes to, or how an installation comes to send some. */
export function MailNote({ settings: { email, mailFrom } }: { settings: NotificationSettings }) {
  const test = useMutation({
    mutationFn: () => api<{ to: string }>("/api/notifications/test-mail", { method: "POST" }),
    onSuccess: ({ to }) => toast.success("A test mail is on its way", { description: `To ${to}.` }),
    onError: (error) => toast.error("The test mail was not taken", { description: error.message }),
  });
  return (
    <div>
      <p className="font-medium">By e-mail</p>
      {mailFrom === null ? (
        <p className="text-note text-text-muted">
          This installation sends none yet. An administrator sets it up with <Code>LONGSHORE_SMTP_URL</Code> and <Code>LONGSHORE_MAIL_FROM</Code>, for the
          console and the workers.
        </p>
      ) : (
        <>
          <p className="text-note text-text-muted">
            To <SafeText text={email} />, from <SafeText text={mailFrom} />.
          </p>
          <Button size="sm" className="mt-2" loading={test.isPending} onClick={() => test.mutate()}>
            Send me a test mail
          </Button>
        </>
      )}
    </div>
  );
}
