import type { ReactNode } from "react";
import { ActionExhibits } from "./action-exhibits.tsx";
import { DataExhibits } from "./data-exhibits.tsx";
import { FeedbackExhibits } from "./feedback-exhibits.tsx";
import { FieldExhibits } from "./field-exhibits.tsx";
import { FoundationExhibits } from "./foundation-exhibits.tsx";

/** primitives-screen.tsx loads it. */
export const PrimitivesParts = () => (
  <div className="flex flex-col gap-12">
    <Part title="Foundations">
      <FoundationExhibits />
    </Part>
    <Part title="Actions">
      <ActionExhibits />
    </Part>
    <Part title="Fields">
      <FieldExhibits />
    </Part>
    <Part title="Feedback">
      <FeedbackExhibits />
    </Part>
    <Part title="Data and places">
      <DataExhibits />
    </Part>
  </div>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col gap-8">
    <h2 className="border-border border-b pb-2 font-semibold text-lg">{title}</h2>
    {children}
  </section>
);
