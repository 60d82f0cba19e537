import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody } from "../ui/card.tsx";

/** What a reviewer may want to see, and need not. */
export const FoldedCard = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card>
    <details className="group/all">
      <summary className="flex cursor-pointer list-none items-center gap-3 px-5 py-3.5 -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-faint transition-transform group-open/all:rotate-90" />
        <h2 className="font-semibold text-sm leading-6">{title}</h2>
      </summary>
      <CardBody className="pt-1">{children}</CardBody>
    </details>
  </Card>
);
