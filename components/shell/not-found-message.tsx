import { Compass } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

export const NotFoundMessage = () => (
  <EmptyState
    icon={<Compass />}
    title={<h1>There is nothing at this address</h1>}
    action={
      <Link href="/jobs" className={buttonClass({ variant: "primary" })}>
        Go to the jobs
      </Link>
    }
  >
    It may have been deleted, or the link is incomplete. Jobs can be found by their id or their description in the list.
  </EmptyState>
);
