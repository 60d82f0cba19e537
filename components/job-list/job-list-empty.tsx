import { Layers, SearchX } from "lucide-react";
import Link from "next/link";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

const steps = [
  {
    title: "Choose the sample manifest",
    text: "A list of objects that lies ready in the sandbox. Or a CSV of your own.",
  },
  {
    title: "Say what to do",
    text: "Replace their tags, for example. Nothing runs yet.",
  },
  {
    title: "Review and run",
    text: "You see what will happen to how many objects, and confirm it.",
  },
];

export const NoJobs = ({ mayCreate }: { mayCreate: boolean }) => (mayCreate ? <FirstJob /> : <NothingToSee />);

const NothingToSee = () => (
  <EmptyState icon={<Layers />} title="No jobs yet">
    Jobs that operators, reviewers and administrators create appear here, with their progress and their reports.
  </EmptyState>
);

const FirstJob = () => (
  <EmptyState
    icon={<Layers />}
    title="No jobs yet"
    action={
      <Link href="/jobs/new" className={buttonClass({ variant: "primary" })}>
        Create your first job
      </Link>
    }
  >
    <p>A job does one operation on every object of a list: one, ten thousand or a billion.</p>
    <ol className="mx-auto mt-6 grid max-w-sm gap-4 text-left">
      {steps.map((step, index) => (
        <li key={step.title} className="flex gap-3">
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent-text text-xs tabular-nums"
          >
            {index + 1}
          </span>
          <span>
            <span className="block font-medium text-text">{step.title}</span>
            {step.text}
          </span>
        </li>
      ))}
    </ol>
  </EmptyState>
);

/** @param filters how many filters there are besides the search */
export const NothingMatches = ({
  searched,
  filters,
  onClear,
  onClearFilters,
}: {
  searched: boolean;
  filters: number;
  onClear: () => void;
  onClearFilters: () => void;
}) => (
  <EmptyState
    icon={<SearchX />}
    title="No job matches"
    action={
      <>
        {searched && filters > 0 && <Button onClick={onClearFilters}>Clear filters, keep the search</Button>}
        <Button onClick={onClear}>Clear search and filters</Button>
      </>
    }
  >
    {searched && "The search looks at descriptions, and at the beginning of ids. "}
    {filters > 1 && "A job has to match all the filters above: take one away to see more."}
  </EmptyState>
);
