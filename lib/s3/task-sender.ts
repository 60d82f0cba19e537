import { messageOf } from "../errors.ts";
import {
  type Answer,
  StepFailure,
  StepRetry,
  type TaskFailed,
  type TaskOutcome,
  type TaskRequest,
  type Work,
  type WorkTools,
} from "../operations/operation.ts";
import type { Admission, Lane } from "./admission.ts";
import type { AnswerReader } from "./answer-reader.ts";
import { asksForLess, classifyNoAnswer, classifyResponse, classifySdkError, isTrouble, type Verdict } from "./classify-response.ts";
import type { S3Target } from "./connect-s3.ts";
import { createConnections, type Exchange } from "./connections.ts";
import { noteEnd } from "./request-meter.ts";
import { createRequestWriter } from "./request-writer.ts";
import { countsAsAttempt, maxAttempts, retryDelay } from "./retry.ts";
import { type RoleSession, saysKeysEnded } from "./role-session.ts";
import type { Credentials } from "./sign.ts";

/** `answer` of what wanted it; `cutShort`: more tries were due when the sender was told to end them. */
export type Outcome = TaskOutcome & { answer?: Answer; cutShort?: true };

type Retry = Extract<Verdict, { kind: "retry" }>;
type Failed = Extract<Verdict, { kind: "failed" }>;

/**
 * How often a task is sent again because its keys had ended. A store that takes no keys of the session at all ends it sooner:
 * keys as new as those are not replaced.
 */
const maxRenewals = 10;

/** Tasks that are ended together; both are the sender's to set. */
export interface TaskGroup {
  cutShort: boolean;
  /** They wait for no other try; what they have yet to do goes on. */
  hurried?: boolean;
}

/** Nobody has answered since then (ms), and how that showed last. */
export interface Away {
  since: number;
  reason: string;
}

/** Sends tasks with the keys of one job's role. Callbacks instead of promises: a task is cheaper than a promise for each of its steps. */
export interface TaskSender {
  /**
   * Sends one task's request, again and again where S3 says so.
   * @param done called once, later
   * @returns false when no request may start now: `admission.onFree` tells when to ask again
   */
  trySend(request: TaskRequest | Work, group: TaskGroup, done: (outcome: Outcome) => void): boolean;
  /** The same for a task that is under way: its request waits for a place, before those of tasks that have not begun. */
  send(request: TaskRequest | Work, group: TaskGroup, done: (outcome: Outcome) => void): void;
  /** Ends the waiting between two tries of a group's tasks, now and from now on: the last answer is then the task's failure. */
  hurry(group: TaskGroup): void;
  /** The same, and takes no other step of them but those that clean up. */
  cutShort(group: TaskGroup): void;
  /** Whether S3 itself answers. */
  answers(bucket: string): Promise<boolean>;
  /** Why nobody answers at the moment; null while somebody does. */
  away(): Away | null;
  close(): void;
}

const interrupted: TaskFailed = { kind: "failed", httpStatus: 0, code: "Interrupted", message: "The job ended before the task had taken all its steps" };

/** Where work that is sent to another store reads. */
export interface WorkSource {
  lane: Lane;
  answers(bucket: string): Promise<boolean>;
}

/**
 * @param tools of work; without them no work may be sent
 * @param source of work for another store than the job's own
 */
export function createTaskSender(target: S3Target, lane: Lane, admission: Admission, tools?: WorkTools, source?: WorkSource): TaskSender {
  const { session } = target;
  const connections = createConnections(target);
  const { addressIn, write } = createRequestWriter(target);
  /** Between two tries: those that wait for their time, and those whose time has come. */
  const resting = new Map<Sending, NodeJS.Timeout>();
  const due = new Set<Sending>();
  /** Work under way. */
  const working = new Set<Sending>();
  /** They wait for other keys. */
  const renewing = new Set<Sending>();
  let lastAnswerAt = 0;
  let away: Away | null = null;

  const laneOf = (request: TaskRequest | Work): Lane =>
    "work" in request && request.place !== undefined ? { endpoint: admission.endpoint(request.place), jobCap: lane.jobCap } : lane;

  /** One task under way, and the handler of its present request. */
  class Sending implements Exchange {
    readonly request: TaskRequest | Work;
    readonly group: TaskGroup;
    readonly done: (outcome: Outcome) => void;
    readonly lane: Lane;
    /** Of work: its task is to end. */
    ending: AbortController | null = null;
    sent = 0;
    counted = 0;
    sentAt = 0;
    renewals = 0;
    keys: Credentials | undefined;
    failure: Outcome | null = null;

    constructor(request: TaskRequest | Work, group: TaskGroup, done: (outcome: Outcome) => void) {
      this.request = request;
      this.group = group;
      this.done = done;
      this.lane = laneOf(request);
    }

    start(): void {
      const { request } = this;
      this.sent += 1;
      this.sentAt = Date.now();
      this.keys = session?.keys;
      if ("work" in request) {
        void this.perform(request);
        return;
      }
      const address = addressIn(request.bucket);
      try {
        connections.send(address.origin, write(request, address, this.sentAt), this);
      } catch (error) {
        // Later: whoever starts a task does not expect its end.
        queueMicrotask(() => this.settle(classifyNoAnswer(error)));
      }
    }

    async perform({ work }: Work): Promise<void> {
      const ending = new AbortController();
      this.ending = ending;
      working.add(this);
      try {
        if (!tools) throw new Error("This sender has no tools for work");
        const answer = await work(tools, ending.signal);
        working.delete(this);
        this.settle({ kind: "succeeded", httpStatus: answer.httpStatus }, answer);
      } catch (error) {
        working.delete(this);
        if (ending.signal.aborted) this.settle({ ...interrupted, cutShort: true });
        else if (error instanceof StepFailure) this.settle(error.outcome);
        else if (error instanceof StepRetry) this.settle({ kind: "retry", ...error.verdict }, undefined, error.ofSource);
        else this.settle(classifySdkError(error));
      }
    }

    /** @param ofSource the answer is the source's, where work reads one */
    leave(answer: "fine" | "trouble", retried: boolean, ofSource: boolean): void {
      const reads = readsOf(this.request);
      admission.leave(this.lane, wayOf(this.request), ofSource && reads !== undefined ? "fine" : answer, retried);
      if (source && reads !== undefined) admission.leave(source.lane, reads, ofSource ? answer : "fine", retried);
    }

    onAnswer({ httpStatus, headers, body }: AnswerReader): void {
      this.settle(classifyResponse(httpStatus, body), headers === null ? undefined : { httpStatus, headers, body });
    }

    onNoAnswer(error: Error): void {
      this.settle(classifyNoAnswer(error));
    }

    settle(verdict: Verdict | (TaskFailed & { cutShort: true }), answer?: Answer, ofSource = false): void {
      const retried = this.sent > 1;
      const { meter } = this.lane.endpoint;
      noteEnd(meter, this.sentAt);
      if (verdict.kind === "retry") {
        meter.retries += 1;
        if (asksForLess(verdict)) {
          this.lane.jobCap.throttled += 1;
          meter.throttled += 1;
        }
        this.leave(isTrouble(verdict) ? "trouble" : "fine", false, ofSource);
        if (verdict.away && this.sent >= maxAttempts) void this.askBefore(verdict);
        else this.rest(verdict);
      } else if (verdict.kind === "failed" && session !== undefined && this.renewals < maxRenewals && saysKeysEnded(verdict.code)) {
        this.leave("fine", retried, false);
        void this.renewKeys(verdict, session);
      } else {
        this.leave("fine", retried, false);
        lastAnswerAt = this.sentAt;
        away = null;
        this.done(answer === undefined ? verdict : { ...verdict, answer });
      }
      admission.wake();
    }

    /** Its keys have ended, which says nothing about the task. */
    async renewKeys(verdict: Failed, { renew }: RoleSession): Promise<void> {
      const { keys } = this;
      this.failure = verdict;
      renewing.add(this);
      try {
        const fresh = keys === undefined ? keys : await renew(keys);
        // It was told to end meanwhile.
        if (!renewing.delete(this)) return;
        if (fresh === keys) {
          lastAnswerAt = this.sentAt;
          this.done(verdict);
          return;
        }
        this.renewals += 1;
        due.add(this);
        startDue();
      } catch (error) {
        // Until STS answers, or allows it again, or the job is told that it does not.
        const [code, message] = [(error as { code?: string }).code ?? "StsUnavailable", messageOf(error)];
        if (renewing.delete(this)) this.rest({ kind: "retry", away: true, httpStatus: verdict.httpStatus, code, message });
      }
    }

    async askBefore(verdict: Retry): Promise<void> {
      const reads = readsOf(this.request);
      const answers = await Promise.all([answersAtAll(this.request), reads === undefined || source?.answers(reads)]);
      if (answers.every(Boolean)) lastAnswerAt = Date.now();
      this.rest(verdict);
    }

    rest({ away: nobody, httpStatus, code, message }: Retry): void {
      if (nobody && lastAnswerAt < this.sentAt) away = { since: away?.since ?? Date.now(), reason: `${code}: ${message}` };
      else if (!nobody) {
        lastAnswerAt = Date.now();
        away = null;
      }
      if (countsAsAttempt(nobody, lastAnswerAt, this.sentAt)) this.counted += 1;
      this.failure = { kind: "failed", httpStatus, code, message };
      if (this.counted === maxAttempts) this.done(this.failure);
      else if (this.group.cutShort || this.group.hurried) this.done({ ...this.failure, cutShort: true });
      else {
        const timer = setTimeout(
          () => {
            resting.delete(this);
            due.add(this);
            startDue();
          },
          retryDelay(this.sent, Math.random()),
        );
        resting.set(this, timer);
      }
    }
  }

  const readsOf = (request: TaskRequest | Work): string | undefined => ("work" in request && source ? request.reads : undefined);
  const tryEnter = (request: TaskRequest | Work, retry: boolean): boolean => {
    const reads = readsOf(request);
    if (source === undefined || reads === undefined) return admission.tryEnter(laneOf(request), wayOf(request), retry);
    return admission.tryEnterBoth({ lane, bucket: request.bucket }, { lane: source.lane, bucket: reads }, retry);
  };

  const startDue = () => {
    if (due.size === 0) return;
    const blocked = new Set<string>();
    for (const sending of due) {
      const way = wayOf(sending.request);
      if (blocked.has(way)) continue;
      if (!tryEnter(sending.request, sending.sent > 0)) {
        blocked.add(way);
        continue;
      }
      due.delete(sending);
      sending.start();
    }
  };
  // Before every first try: what is due has waited longest.
  const stopWaiting = admission.onFree(startDue, () => Number.POSITIVE_INFINITY);

  /** Whether S3 itself answers: asked for a task that alone gets no answer, since then nobody else can tell. */
  const answersAtAll = async (asked: TaskRequest | Work): Promise<boolean> =>
    "work" in asked && asked.answers && tools ? asked.answers(tools).catch(() => false) : storeAnswers(asked.bucket);
  const storeAnswers = (bucket: string): Promise<boolean> => {
    const address = addressIn(bucket);
    const request: TaskRequest = { method: "GET", bucket, key: "", query: { location: "" }, headers: {}, body: "" };
    const speaksS3 = (verdict: Verdict) => verdict.kind !== "retry" || !verdict.away;
    return new Promise((resolve) =>
      connections.send(address.origin, write(request, address, Date.now()), {
        onAnswer: ({ httpStatus, body }) => resolve(speaksS3(classifyResponse(httpStatus, body))),
        onNoAnswer: () => resolve(false),
      }),
    );
  };

  const end = (group: TaskGroup, which: (sending: Sending) => boolean) => {
    for (const sending of [...resting.keys(), ...renewing, ...due]) {
      if (sending.group !== group || !which(sending)) continue;
      clearTimeout(resting.get(sending));
      resting.delete(sending);
      renewing.delete(sending);
      due.delete(sending);
      sending.done({ ...(sending.failure ?? interrupted), cutShort: true });
    }
  };

  return {
    trySend(request, group, done) {
      if (!tryEnter(request, false)) return false;
      new Sending(request, group, done).start();
      return true;
    },
    send(request, group, done) {
      const sending = new Sending(request, group, done);
      if (group.cutShort && !isAlways(request)) queueMicrotask(() => done({ ...interrupted, cutShort: true }));
      else if (due.size === 0 && tryEnter(request, false)) sending.start();
      else due.add(sending);
    },
    hurry(group) {
      group.hurried = true;
      // What was sent and failed waits for another try, whether its time has come or not.
      end(group, (sending) => sending.failure !== null);
    },
    cutShort(group) {
      group.cutShort = true;
      end(group, ({ request, sent }) => sent > 0 || !isAlways(request));
      for (const sending of working) if (sending.group === group) sending.ending?.abort();
    },
    answers: storeAnswers,
    away: () => away,
    close() {
      stopWaiting();
      connections.close();
    },
  };
}

/** Requests that share this share their concurrency. */
const wayOf = (request: TaskRequest | Work): string => ("work" in request && request.place) || request.bucket;
/** Tried once at least, however little patience is left. */
const isAlways = (request: TaskRequest | Work): boolean => "always" in request && request.always === true;
