import { type Answer, type Step, StepFailure, type Steps, type TaskFailed } from "../operations/operation.ts";
import type { Outcome, TaskGroup, TaskSender } from "./task-sender.ts";

export interface StepsEnd<T> {
  /** What the steps came to, or the failure that ended them. */
  result: { value: T } | { failure: TaskFailed };
  /** A step was not tried as often as it should have been. */
  cutShort: boolean;
}

export interface StepsUnderWay {
  /** @returns false when the first step may not start now */
  tryStart(): boolean;
  /** Has the first step wait for a place. */
  start(): void;
}

/**
 * Gives steps their answers, one after the other, until they end.
 * @param ended called once, perhaps before `tryStart` returns
 * @param broken called instead when the steps throw what is no failure of a step: a mistake of ours
 */
export function runSteps<T>(
  steps: Steps<T>,
  sender: Pick<TaskSender, "trySend" | "send">,
  group: TaskGroup,
  ended: (end: StepsEnd<T>) => void,
  broken: (error: unknown) => void,
): StepsUnderWay {
  let cutShort = false;

  /** @returns the next step; null when there is none, and somebody was told */
  const advance = (go: () => IteratorResult<Step, T>): Step | null => {
    try {
      const { done, value } = go();
      if (!done) return value;
      ended({ result: { value }, cutShort });
    } catch (error) {
      if (error instanceof StepFailure) ended({ result: { failure: error.outcome }, cutShort });
      else broken(error);
    }
    return null;
  };
  const go = (step: Step | null) => {
    if (step === null) return;
    if (isList(step)) sendAll(step);
    else sender.send(step, group, receive);
  };
  const receive = (outcome: Outcome) => {
    if (outcome.kind === "failed") fail(outcome);
    else go(advance(() => steps.next(answerOf(outcome) as Answer & readonly Answer[])));
  };
  const fail = ({ cutShort: short, answer: _none, ...failure }: Extract<Outcome, { kind: "failed" }>) => {
    cutShort ||= short === true;
    go(advance(() => steps.throw(new StepFailure(failure))));
  };
  const sendAll = (requests: Extract<Step, readonly unknown[]>) => {
    const outcomes: Outcome[] = [];
    let open = requests.length;
    const settled = () => {
      const failed = outcomes.find((outcome) => outcome.kind === "failed");
      if (failed?.kind === "failed") fail({ ...failed, cutShort: outcomes.some((outcome) => outcome.cutShort) || undefined } as typeof failed);
      else go(advance(() => steps.next(outcomes.map(answerOf) as unknown as Answer & readonly Answer[])));
    };
    if (open === 0) settled();
    requests.forEach((request, index) => {
      sender.send(request, group, (outcome) => {
        outcomes[index] = outcome;
        open -= 1;
        if (open === 0) settled();
      });
    });
  };

  /** Once it was asked for. */
  let first: Step | null | undefined;
  return {
    tryStart() {
      if (first === undefined) first = advance(() => steps.next());
      if (first === null) return true;
      if (!isList(first)) return sender.trySend(first, group, receive);
      sendAll(first);
      return true;
    },
    start: () => go(advance(() => steps.next())),
  };
}

const isList = (step: Step): step is Extract<Step, readonly unknown[]> => Array.isArray(step);

const answerOf = ({ httpStatus, answer }: Outcome): Answer => answer ?? { httpStatus, headers: {}, body: "" };
