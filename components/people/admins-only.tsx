import { UsersRound } from "lucide-react";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** In place of a page that is not for the person's role. */
export const AdminsOnly = ({ title }: { title: string }) => (
  <>
    <PageHeader title={title} />
    <Card>
      <EmptyState icon={<UsersRound />} title="For administrators">
        Your role does not look after people. Ask an administrator if you need somebody invited or changed.
      </EmptyState>
    </Card>
  </>
);
