/** What an admin asks of every confirmation. A dry run changes nothing, so none of it is asked of one. */
export interface ConfirmationRules {
  /** Whoever created a job does not confirm it. */
  notByCreator: boolean;
  /** What can never be undone needs two people. */
  twoForIrreversible: boolean;
  /** So does a job of more objects than this; null: none. */
  twoForObjectsOver: number | null;
}

/** What an installation begins with. */
export const noRules: ConfirmationRules = { notByCreator: false, twoForIrreversible: false, twoForObjectsOver: null };

/** What the rules ask about a job. */
export interface RuledJob {
  createdById: string | null;
  dryRun: boolean;
  irreversible: boolean;
  /** As far as they are counted. */
  totalTasks: number;
}

export const asksForTwo = ({ twoForIrreversible, twoForObjectsOver }: ConfirmationRules): boolean => twoForIrreversible || twoForObjectsOver !== null;

const isLarge = ({ twoForObjectsOver }: ConfirmationRules, { totalTasks }: RuledJob): boolean => twoForObjectsOver !== null && totalTasks > twoForObjectsOver;

/** How many different people have to confirm a job. */
export const confirmersNeeded = (rules: ConfirmationRules, job: RuledJob): 1 | 2 =>
  !job.dryRun && ((rules.twoForIrreversible && job.irreversible) || isLarge(rules, job)) ? 2 : 1;

/** Why it has to be two; null where one is enough. */
export function whyTwo(rules: ConfirmationRules, job: RuledJob): string | null {
  if (confirmersNeeded(rules, job) === 1) return null;
  return rules.twoForIrreversible && job.irreversible
    ? "The confirmation policy asks for two people where nothing can be undone."
    : `The confirmation policy asks for two people where a job has more than ${rules.twoForObjectsOver?.toLocaleString("en")} ${rules.twoForObjectsOver === 1 ? "object" : "objects"}.`;
}

/** Whether the rules forbid this person to confirm, whatever their role. */
export const isBarred = (rules: ConfirmationRules, job: RuledJob, userId: string | null): boolean =>
  rules.notByCreator && !job.dryRun && job.createdById !== null && job.createdById === userId;

/** Whether a job waits for a confirmation though it asks for none: else that wish would be the way around the rules. */
export const mustWait = (rules: ConfirmationRules, job: RuledJob): boolean => !job.dryRun && (rules.notByCreator || confirmersNeeded(rules, job) === 2);

/** How many people with the right to confirm an installation needs, so that a job that one of them created can be confirmed. */
export const peopleNeeded = (rules: ConfirmationRules): number => (asksForTwo(rules) ? 2 : 1) + (rules.notByCreator ? 1 : 0);
