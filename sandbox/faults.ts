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

export interface Fault extends FaultMatch {
  /** Milliseconds to wait before anything else. */
  delay?: number;
  /** `drop` closes the connection without doing anything, `drop-reply` does the work and then closes it. */
  answer?: "SlowDown" | "InternalError" | "drop" | "drop-reply";
  /** The share of matching requests to strike, 0 to 1; all when left out. */
  share?: number;
  /** How many matching requests to strike before the fault is over; without end when left out. */
  times?: number;
}

export interface Struck {
  drop: boolean;
  dropReply: boolean;
}

interface Target {
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
    const struck: Struck = { drop: false, dropReply: false };
    for (const fault of this.#faults) {
      if (fault.times === 0 || !matches(fault, target) || Math.random() >= (fault.share ?? 1)) continue;
      if (fault.times !== undefined) fault.times -= 1;
      if (fault.delay) await setTimeout(fault.delay);
      if (fault.answer === "SlowDown" || fault.answer === "InternalError") throw new S3Error(fault.answer);
      struck.drop ||= fault.answer === "drop";
      struck.dropReply ||= fault.answer === "drop-reply";
    }
    return struck;
  }

  get any(): boolean {
    return this.#faults.length > 0;
  }
}
