import { type Answer, type Step, StepFailure, type Steps, type TaskFailed, type TaskRequest, type Work } from "../operations/operation.ts";
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
    if (!sendMany(step)) sender.send(step, group, receive);
  };
  const receive = (outcome: Outcome) => {
    if (outcome.kind === "failed") fail(outcome);
    else go(advance(() => steps.next(answerOf(outcome) as Answer & readonly Answer[])));
  };
  const fail = ({ cutShort: short, answer: _none, ...failure }: Extract<Outcome, { kind: "failed" }>) => {
    cutShort ||= short === true;
    go(advance(() => steps.throw(new StepFailure(failure))));
  };
  /** @returns false for a step that is one request, or work */
  const sendMany = (step: Step): step is Exclude<Step, TaskRequest | Work> => {
    if (isList(step)) {
      sendAll(step, (outcomes) => {
        const failed = outcomes.find((outcome) => outcome.kind === "failed");
        if (failed?.kind === "failed") fail(failed);
        else go(advance(() => steps.next(outcomes.map(answerOf) as unknown as Answer & readonly Answer[])));
      });
      return true;
    }
    if (!("settled" in step)) return false;
    sendAll(step.settled, (outcomes) => go(advance(() => steps.next(outcomes.map(settledOf) as unknown as Answer & readonly Answer[]))));
    return true;
  };
  const sendAll = (requests: readonly (TaskRequest | Work)[], settled: (outcomes: readonly Outcome[]) => void) => {
    const outcomes: Outcome[] = [];
    let open = requests.length;
    if (open === 0) settled(outcomes);
    requests.forEach((request, index) => {
      sender.send(request, group, (outcome) => {
        outcomes[index] = outcome;
        cutShort ||= outcome.cutShort === true;
        open -= 1;
        if (open === 0) settled(outcomes);
      });
    });
  };

  /** Once it was asked for. */
  let first: Step | null | undefined;
  return {
    tryStart() {
      if (first === undefined) first = advance(() => steps.next());
      if (first === null) return true;
      return sendMany(first) || sender.trySend(first, group, receive);
    },
    start: () => go(advance(() => steps.next())),
  };
}

const isList = (step: Step): step is Extract<Step, readonly unknown[]> => Array.isArray(step);

const settledOf = (outcome: Outcome): Answer | StepFailure => {
  if (outcome.kind === "succeeded") return answerOf(outcome);
  const { cutShort: _short, answer: _none, ...failure } = outcome;
  return new StepFailure(failure);
};
const answerOf = ({ httpStatus, answer }: Outcome): Answer => answer ?? { httpStatus, headers: {}, body: "" };
