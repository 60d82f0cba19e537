import { describe, expect, it, vi } from "vitest";
import { StepFailure, type Steps, type Task, type TaskOutcome, type TaskRequest } from "#lib/operations/operation.ts";
import type { Outcome } from "#lib/s3/task-sender.ts";
import type { TaskBatch } from "./read-tasks.ts";
import { type ChunkRun, runChunk } from "./run-chunk.ts";

const taskBytes = 10;
function batch(from: number, count: number): TaskBatch {
  let at = from;
  return {
    next: () => (at === from + count ? null : { bucket: "bucket", key: `${at++}` }),
    get end() {
      return at * taskBytes;
    },
  };
}
const compile = ({ bucket, key }: Task): TaskRequest => ({ method: "PUT", bucket, key, query: {}, headers: {}, body: "" });
const done: Outcome = { kind: "succeeded", httpStatus: 200 };

/** A chunk of 20 objects in two batches, and a sender that answers when it is told to. */
function start(more: Partial<ChunkRun> = {}, places = 3) {
  const sent: { key: string; answer: (outcome: Outcome) => void }[] = [];
  const written: string[] = [];
  let aborted = 0;
  let under = 0;
  let free: () => void = () => undefined;
  const waiting = new Set<(outcome: Outcome) => void>();
  const run = runChunk({
    async *read(signal) {
      for (let from = 0; from < 20 && !signal.aborted; from += 10) yield batch(from, 10);
    },
    run: { compile },
    start: 0,
    sender: {
      trySend(request, group, finish) {
        if (under === places) return false;
        this.send(request, group, finish);
        return true;
      },
      send(request, _group, finish) {
        under += 1;
        const answer = (outcome: Outcome) => {
          waiting.delete(answer);
          under -= 1;
          finish(outcome);
          free();
        };
        waiting.add(answer);
        sent.push({ key: (request as TaskRequest).key, answer });
      },
      hurry: (group) => {
        group.hurried = true;
      },
      cutShort(group) {
        group.cutShort = true;
        for (const answer of waiting) answer({ kind: "failed", httpStatus: 503, code: "SlowDown", message: "", cutShort: true });
      },
    },
    onFree: (callback) => {
      free = callback;
      return () => undefined;
    },
    passes: () => false,
    openPart: (status) => ({
      key: status,
      upload: {
        write: async (rows) => {
          written.push(...Buffer.from(rows).toString().split("\n").filter(Boolean));
        },
        finish: async () => undefined,
        abort: async () => {
          aborted += 1;
        },
        bytes: 0,
      },
    }),
    live: { succeeded: 0, failed: 0 },
    ...more,
  });
  /** Lets what was read arrive, and answers so many requests. */
  const answer = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await expect.poll(() => sent.length > 0, { interval: 1 }).toBe(true);
      sent.shift()?.answer(done);
    }
  };
  return { ...run, sent, written, answer, aborted: () => aborted };
}

it("runs every object once, never more at once than there are places", async () => {
  const run = start();
  await run.answer(20);
  expect(await run.ended).toMatchObject({ succeeded: 20, failed: 0, stopped: null, succeededPart: "succeeded", failedPart: null });
  expect(run.written.map((row) => Number(row.split(",")[1])).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, key) => key));
});

it("takes answers that come before the request has been sent", async () => {
  const run = start({
    sender: {
      trySend: (_request, _group, finish) => {
        finish(done);
        return true;
      },
      send: () => undefined,
      hurry: () => undefined,
      cutShort: () => undefined,
    },
  });
  expect(await run.ended).toMatchObject({ succeeded: 20 });
});

describe("told to stop", () => {
  it("settles: what was sent ends, and the rest begins after it", async () => {
    const run = start();
    await run.answer(4);
    run.stop("settle");
    await run.answer(3);
    expect(await run.ended).toMatchObject({ succeeded: 7, stopped: "settle", left: [], restAt: 7 * taskBytes });
  });

  it("for its job's end counts what is cut short as failed", async () => {
    const run = start();
    await run.answer(4);
    run.stop("end");
    expect(await run.ended).toMatchObject({ succeeded: 4, failed: 3, stopped: "end", left: [] });
  });

  const cut: Outcome = { kind: "failed", httpStatus: 503, code: "SlowDown", message: "", cutShort: true };

  it.each(["yield", "settle"] as const)("to %s leaves what is cut short, and counts all else", async (reason) => {
    const run = start(
      {
        start: 1_000,
        async *read() {
          const rows = batch(0, 20);
          yield {
            next: () => rows.next(),
            get end() {
              return 1_000 + rows.end;
            },
          };
        },
      },
      6,
    );
    await expect.poll(() => run.sent.length).toBe(6);
    run.stop(reason);
    for (const { key, answer } of run.sent.splice(0, 6)) answer(["1", "2", "4"].includes(key) ? cut : done);
    expect(await run.ended).toMatchObject({
      succeeded: 3,
      failed: 0,
      errors: [],
      begun: 6,
      restAt: 1_060,
      left: [
        { index: 1, rows: 2, byteStart: 1_010, byteEnd: 1_030 },
        { index: 4, rows: 1, byteStart: 1_040, byteEnd: 1_050 },
      ],
    });
    expect(run.written.map((row) => row.split(",")[1]).sort()).toEqual(["0", "3", "5"]);
  });

  it("to yield ends the waits for other tries soon, and the steps a while later", async () => {
    vi.useFakeTimers();
    try {
      const told: string[] = [];
      const open: ((outcome: Outcome) => void)[] = [];
      const run = start({
        sender: {
          trySend: (_request, _group, finish) => open.length < 2 && open.push(finish) > 0,
          send: () => undefined,
          hurry: () => void told.push("no other try"),
          cutShort: () => {
            told.push("no other step");
            for (const finish of open) finish(cut);
          },
        },
      });
      await vi.advanceTimersByTimeAsync(0);
      run.stop("yield");
      await vi.advanceTimersByTimeAsync(4_999);
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(told).toEqual(["no other try"]);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(told).toEqual(["no other try", "no other step"]);
      expect(await run.ended).toMatchObject({ succeeded: 0, left: [{ index: 0, rows: 2 }] });
    } finally {
      vi.useRealTimers();
    }
  });

  it("because it is lost keeps nothing, whatever it was told before", async () => {
    const run = start();
    await run.answer(4);
    run.stop("settle");
    run.stop("lost");
    expect(await run.ended).toBeNull();
    expect(run.aborted()).toBeGreaterThan(0);
  });
});

describe("trouble", () => {
  it("with the reading that passes: what ran counts, and the rest is left", async () => {
    const run = start({
      async *read() {
        yield batch(0, 5);
        throw new Error("the connection was cut");
      },
      passes: () => true,
    });
    await run.answer(5);
    expect(await run.ended).toMatchObject({ succeeded: 5, stopped: "settle", restAt: 5 * taskBytes });
  });

  it("with the reading that stays ends the chunk", async () => {
    const run = start({
      async *read() {
        yield batch(0, 5);
        throw new Error("another manifest");
      },
    });
    await run.answer(5);
    await expect(run.ended).rejects.toThrow("another manifest");
  });

  it("with an object that cannot be asked for ends the chunk, and waits for nothing", async () => {
    const run = start({
      run: {
        compile: (task) => {
          if (task.key === "2") throw new Error("no such request");
          return compile(task);
        },
      },
    });
    await expect(run.ended).rejects.toThrow("no such request");
  });

  it("with a part ends the chunk", async () => {
    const run = start({
      openPart: () => {
        throw new Error("no room");
      },
    });
    await run.answer(1);
    await expect(run.ended).rejects.toThrow("no room");
  });
});

describe("tasks of several steps", () => {
  const read = (task: Task): TaskRequest => ({ ...compile(task), method: "GET", wantsAnswer: true });
  const written = (body: string): TaskOutcome => ({ kind: "succeeded", httpStatus: 200, message: body });
  const answered = (body: string): Outcome => ({ ...done, answer: { httpStatus: 200, headers: {}, body } });
  const missing: Outcome = { kind: "failed", httpStatus: 404, code: "NoSuchKey", message: "gone" };

  it("are given each step's answer, and end with what the steps came to", async () => {
    const run = start(
      {
        run: {
          size: 1,
          *steps([task]) {
            const { body } = yield read(task as Task);
            yield compile({ bucket: "bucket", key: `${task?.key}+${body}` });
            return [written(body)];
          },
        },
      },
      100,
    );
    await expect.poll(() => run.sent.length).toBe(20);
    for (const { key, answer } of run.sent.splice(0, 20)) answer(answered(`was ${key}`));
    expect(run.sent.map(({ key }) => key)).toContain("3+was 3");
    for (const { answer } of run.sent.splice(0, 20)) answer(done);
    expect(await run.ended).toMatchObject({ succeeded: 20, restAt: 20 * taskBytes });
    expect(run.written).toContain("bucket,7,,succeeded,200,,was 7");
  });

  it("fail with the step that failed, unless they catch it", async () => {
    const run = start(
      {
        run: {
          size: 1,
          *steps([task]) {
            try {
              yield read(task as Task);
            } catch (error) {
              if (task?.key === "1" && error instanceof StepFailure) return [written("not there, and no matter")];
              throw error;
            }
            return [written("")];
          },
        },
      },
      100,
    );
    await expect.poll(() => run.sent.length).toBe(20);
    for (const { answer } of run.sent.splice(0, 20)) answer(missing);
    expect(await run.ended).toMatchObject({ succeeded: 1, failed: 19, errors: [{ code: "NoSuchKey", count: 19 }] });
  });

  it("may send several requests at once, and fail when one of them does", async () => {
    const bodies: string[] = [];
    const run = start(
      {
        run: {
          size: 1,
          *steps([task]) {
            const answers = yield [read(task as Task), read(task as Task)];
            bodies.push(answers.map(({ body }) => body).join());
            return [written("")];
          },
        },
      },
      100,
    );
    await expect.poll(() => run.sent.length).toBe(40);
    for (const [index, { answer }] of run.sent.splice(0, 40).entries()) answer(index === 1 ? missing : answered(`${index}`));
    expect(await run.ended).toMatchObject({ succeeded: 19, failed: 1 });
    expect(bodies).toContain("2,3");
  });

  it("go together where one request can have several, one bucket at a time", async () => {
    const sizes: number[] = [];
    const run = start({
      run: {
        size: 4,
        *steps(tasks) {
          sizes.push(tasks.length);
          yield compile(tasks[0] as Task);
          // An answer that leaves one out.
          return tasks.slice(0, 3).map(() => written(""));
        },
      },
    });
    await run.answer(6);
    expect(await run.ended).toMatchObject({ succeeded: 16, failed: 4, errors: [{ code: "NoResult" }] });
    expect(sizes).toEqual([4, 4, 2, 4, 4, 2]);
  });

  it("that go together are left together, but for those that were done", async () => {
    const run = start(
      {
        run: {
          size: 4,
          *steps(tasks) {
            try {
              yield compile(tasks[0] as Task);
            } catch (error) {
              if (!(error instanceof StepFailure) || tasks[0]?.key !== "4") throw error;
              return [written(""), error.outcome, error.outcome, written("")];
            }
            return tasks.map(() => written(""));
          },
        },
      },
      3,
    );
    await expect.poll(() => run.sent.length).toBe(3);
    run.stop("yield");
    const cut: Outcome = { kind: "failed", httpStatus: 503, code: "SlowDown", message: "", cutShort: true };
    for (const { key, answer } of run.sent.splice(0, 3)) answer(key === "0" ? done : cut);
    expect(await run.ended).toMatchObject({
      succeeded: 6,
      failed: 0,
      left: [
        { index: 5, rows: 2, byteStart: 50, byteEnd: 70 },
        { index: 8, rows: 2, byteStart: 80, byteEnd: 100 },
      ],
      begun: 10,
    });
  });

  it("that have begun end before a chunk that yields does", async () => {
    const run = start({
      run: {
        size: 1,
        *steps([task]) {
          yield read(task as Task);
          yield compile(task as Task);
          return [written("")];
        },
      },
    });
    await run.answer(4);
    run.stop("settle");
    await run.answer(4);
    expect(await run.ended).toMatchObject({ succeeded: 4, stopped: "settle", restAt: 4 * taskBytes });
  });

  it("take over what a single request was refused", async () => {
    const run = start({
      run: {
        compile,
        otherwise: (task, failure) =>
          failure.code === "NoSuchKey" && task.key !== "0"
            ? (function* (): Steps<TaskOutcome> {
                yield compile(task);
                return written("otherwise");
              })()
            : null,
      },
    });
    const refused = new Set<string>();
    for (let count = 0; count < 39; count += 1) {
      await expect.poll(() => run.sent.length > 0, { interval: 1 }).toBe(true);
      const { key = "", answer } = run.sent.shift() ?? {};
      answer?.(refused.has(key) ? done : missing);
      refused.add(key);
    }
    expect(await run.ended).toMatchObject({ succeeded: 19, failed: 1 });
  });
});
