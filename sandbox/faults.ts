import { setTimeout } from "node:timers/promises";
import { S3Error } from "./s3-error.ts";

/** Which requests a fault strikes; what is left out matches all. */
export interface FaultMatch {
  method?: string;
  /** S3's name: "PutObjectTagging". */
  operation?: string;
  bucket?: string;
  keyIncludes?: string;
}

/**
 * What a struck request gets. `drop` closes the connection without doing anything, `drop-reply` does the work and then closes it;
 * `hang` and `hang-reply` leave it open instead, without an answer; `garbage` answers bytes that are not HTTP, and `html` a
 * page with status 200, both without doing anything.
 */
export const faultAnswers = ["SlowDown", "InternalError", "drop", "drop-reply", "hang", "hang-reply", "garbage", "html"] as const;
export type FaultAnswer = (typeof faultAnswers)[number];

export interface Fault extends FaultMatch {
  /** Milliseconds to wait before anything else. */
  delay?: number;
  answer?: FaultAnswer;
  /** Decides for each matching request by itself; in this process only. */
  choose?: (target: Target) => FaultAnswer | undefined;
  /** Called when the work of a struck request is done and its answer is about to be lost. */
  onLost?: () => void;
  /** The share of matching requests to strike, 0 to 1; all when left out. */
  share?: number;
  /** How many matching requests to strike before the fault is over; without end when left out. */
  times?: number;
}

/** What is to happen in place of the work, and in place of its answer. */
export interface Struck {
  work: "do" | "drop" | "hang" | "garbage" | "html";
  reply: "send" | "drop" | "hang";
  onLost?: (() => void) | undefined;
}

export interface Target {
  method: string;
  operation: string;
  bucket: string;
  key: string;
}

const matches = (fault: FaultMatch, target: Target): boolean =>
  (fault.method === undefined || fault.method === target.method) &&
  (fault.operation === undefined || fault.operation === target.operation) &&
  (fault.bucket === undefined || fault.bucket === target.bucket) &&
  (fault.keyIncludes === undefined || target.key.includes(fault.keyIncludes));

/** Faults on demand, for tests. */
export class Faults {
  #faults: Fault[] = [];

  /** Adds a fault; the returned function takes it away. */
  add(fault: Fault): () => void {
    const own = { ...fault };
    this.#faults.push(own);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== own);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** Lets the faults strike a request. @throws S3Error SlowDown, InternalError */
  async strike(target: Target): Promise<Struck> {
    const struck: Struck = { work: "do", reply: "send" };
    for (const fault of this.#faults) {
      if (fault.times === 0 || !matches(fault, target) || Math.random() >= (fault.share ?? 1)) continue;
      if (fault.times !== undefined) fault.times -= 1;
      if (fault.delay) await setTimeout(fault.delay);
      const answer = fault.choose?.(target) ?? fault.answer;
      if (answer === "SlowDown" || answer === "InternalError") throw new S3Error(answer);
      if (answer === "drop-reply" || answer === "hang-reply") {
        struck.reply = answer === "drop-reply" ? "drop" : "hang";
        struck.onLost = fault.onLost;
      } else if (answer !== undefined) struck.work = answer;
    }
    return struck;
  }

  get any(): boolean {
    return this.#faults.length > 0;
  }
}
