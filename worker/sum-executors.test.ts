import { expect, it } from "vitest";
import type { ExecutorMetrics } from "./executor-meter.ts";
import { sumExecutors } from "./sum-executors.ts";

const metrics = (count: number): ExecutorMetrics => ({
  tasks: { S3PutObjectTagging: { succeeded: count, failed: 1 } },
  errors: { NoSuchKey: 1 },
  chunksTaken: count,
  chunksEnded: { completed: count, given_back: 0, lost: 1 },
  connections: { store: { inFlight: 2, limit: 64, ended: count, retries: 1, throttled: 1, durations: [count, 0], durationSum: count } },
  cpuSeconds: count,
  residentBytes: 100,
  busy: count / 10,
});

it("adds up what its executors say, each in the place of what it said before", () => {
  const sum = sumExecutors();
  expect(sum.read()).toBeNull();
  sum.told("a", metrics(1));
  sum.told("a", metrics(3));
  sum.told("b", metrics(5));
  expect(sum.read()).toMatchObject({
    tasks: { S3PutObjectTagging: { succeeded: 8, failed: 2 } },
    errors: { NoSuchKey: 2 },
    chunksTaken: 8,
    chunksEnded: { completed: 8, lost: 2 },
    connections: { store: { inFlight: 4, limit: 128, ended: 8, durations: [8, 0] } },
    residentBytes: 200,
    busy: 0.5,
  });
});

it("keeps what an executor counted when it is gone, and forgets what it held", () => {
  const sum = sumExecutors();
  sum.told("a", metrics(3));
  sum.gone("a");
  sum.gone("never-heard");
  sum.told("b", metrics(5));
  expect(sum.read()).toMatchObject({
    tasks: { S3PutObjectTagging: { succeeded: 8 } },
    chunksTaken: 8,
    connections: { store: { inFlight: 2, limit: 64, ended: 8 } },
    residentBytes: 100,
    busy: 0.5,
  });
});
