import { type ConfirmationRules, peopleNeeded } from "#lib/confirmation/rules.ts";
import { Alert } from "../ui/alert.tsx";

/** What becomes of jobs where fewer people may confirm than the rules need. @param confirmers how many there are */
export function TooFewPeople({ rules, confirmers }: { rules: ConfirmationRules; confirmers: number }) {
  const needed = peopleNeeded(rules);
  if (confirmers >= needed) return null;
  return (
    <div className="px-5 py-4">
      <Alert
        tone="warning"
        title={`${confirmers === 1 ? "Only one person has" : `Only ${confirmers} people have`} the right to confirm jobs, and this needs ${needed}`}
      >
        {rules.notByCreator
          ? "A job that one of them creates could then not be confirmed by enough others, and would expire after 30 days."
          : "A job that needs two people could then not be confirmed, and would expire after 30 days."}{" "}
        Make more people reviewers or administrators first.
      </Alert>
    </div>
  );
}
