import { ScrollText } from "lucide-react";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** For those who came by a link that somebody sent. */
export const MayNotRead = () => (
  <>
    <PageHeader title="Audit trail" />
    <Card>
      <EmptyState icon={<ScrollText />} title="The audit trail is for administrators">
        What happened to a job is in the timeline on its page. For anything else, ask an administrator.
      </EmptyState>
    </Card>
  </>
);
