import fc from "fast-check";
import { expect, it } from "vitest";
import type { Task, TaskRequest, TaskRun } from "#lib/operations/operation.ts";
import type { Outcome } from "#lib/s3/task-sender.ts";
import type { TaskBatch } from "./read-tasks.ts";
import { runChunk } from "./run-chunk.ts";

const rowBytes = 10;
const compile = ({ bucket, key }: Task): TaskRequest => ({ method: "PUT", bucket, key, query: {}, headers: {}, body: "" });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  /** Above the number of rows too. */
  limit: fc.integer({ min: 1, max: 70 }),
  batch: fc.integer({ min: 1, max: 25 }),
  places: fc.integer({ min: 1, max: 12 }),
  /** Tasks that go together; null: each by a request of its own. */
  group: fc.option(fc.integer({ min: 1, max: 9 })),
  /** Every so many rows the bucket changes, and with it the group. */
  bucketRows: fc.integer({ min: 1, max: 30 }),
  /** Which requests fail, and which of those that wait is answered next. */
  fates: fc.array(fc.record({ fails: fc.boolean(), at: fc.nat() }), { minLength: 1, maxLength: 60 }),
  /** After so many answers the chunk is told to yield, and what is under way is cut short. */
  yieldsAfter: fc.option(fc.nat({ max: 40 })),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function batchOf({ bucketRows }: Case, from: number, to: number): TaskBatch {
  let at = from;
  return {
    next: () => (at === to ? null : { bucket: `bucket-${Math.floor(at / bucketRows)}`, key: `${at++}` }),
    get end() {
      return at * rowBytes;
    },
  };
}

/** Runs a chunk to its end. @returns what became of it, the rows of its parts, and those that requests were sent for */
async function play(one: Case) {
  const sent: number[] = [];
  const written: number[] = [];
  const waiting: ((outcome: Outcome) => void)[] = [];
  let cutting = false;
  let free: () => void = () => undefined;
  const groups: TaskRun = {
    size: one.group ?? 1,
    *steps(tasks) {
      yield { ...compile(tasks[0] as Task), body: tasks.map(({ key }) => key).join() };
      return tasks.map(() => ({ kind: "succeeded", httpStatus: 200 }));
    },
  };
  const run = runChunk({
    async *read(signal) {
      for (let from = 0; from < one.rows && !signal.aborted; from += one.batch) {
        await turn();
        yield batchOf(one, from, Math.min(one.rows, from + one.batch));
      }
    },
    run: one.group === null ? { compile } : groups,
    limit: one.limit,
    start: 0,
    sender: {
      trySend(request, group, finish) {
        if (waiting.length >= one.places) return false;
        this.send(request, group, finish);
        return true;
      },
      send(request, _group, finish) {
        const { key, body } = request as TaskRequest;
        sent.push(...(body === "" ? [key] : `${body}`.split(",")).map(Number));
        waiting.push(finish);
      },
      hurry: () => undefined,
      cutShort: () => undefined,
    },
    onFree: (callback) => {
      free = callback;
      return () => undefined;
    },
    passes: () => false,
    openPart: (status) => ({
      key: status,
      upload: {
        write: async (lines) =>
          void written.push(
            ...(
              Buffer.from(lines)
                .toString()
                .match(/[^\n]+/g) ?? []
            ).map((line) => Number(line.split(",")[1])),
          ),
        finish: async () => undefined,
        abort: async () => undefined,
        bytes: 0,
      },
    }),
    live: { succeeded: 0, failed: 0 },
  });
  let ended = false;
  void run.ended.then(() => {
    ended = true;
  });
  let answers = 0;
  while (!ended) {
    await turn();
    if (one.yieldsAfter === answers && !cutting) {
      cutting = true;
      run.stop("yield");
    }
    const { fails, at } = one.fates[answers % one.fates.length] as Case["fates"][number];
    const [finish] = waiting.splice(at % Math.max(1, waiting.length), 1);
    if (!finish) continue;
    answers += 1;
    if (fails) finish({ kind: "failed", httpStatus: 503, code: "SlowDown", message: "", ...(cutting && { cutShort: true }) });
    else finish({ kind: "succeeded", httpStatus: 200 });
    free();
  }
  const end = await run.ended;
  if (!end) throw new Error("the chunk was lost");
  return { end, sent, written };
}

const rangeOf = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

it("begins exactly the first rows that it may, and what it counts and what it leaves are all rows once", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const { end, sent, written } = await play(one);
      const most = Math.min(one.limit, one.rows);
      expect(sorted(sent)).toEqual(rangeOf(0, end.begun));
      if (one.yieldsAfter === null) {
        expect(end.begun).toBe(most);
        expect(end.left).toEqual([]);
      } else expect(end.begun).toBeLessThanOrEqual(most);
      expect(end.stopped !== null || end.begun === one.rows).toBe(true);
      expect(end.succeeded + end.failed).toBe(written.length);
      expect(end.restAt).toBe(end.begun * rowBytes);
      for (const { index, rows, byteStart, byteEnd } of end.left) expect([byteStart, byteEnd]).toEqual([index * rowBytes, (index + rows) * rowBytes]);
      const left = end.left.flatMap(({ index, rows }) => rangeOf(index, rows));
      expect(sorted([...written, ...left, ...rangeOf(end.begun, one.rows - end.begun)])).toEqual(rangeOf(0, one.rows));
    }),
    { numRuns: 400 },
  );
});
