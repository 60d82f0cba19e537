import fc from "fast-check";
import { expect, it } from "vitest";
import type { Task } from "../operations/operation.ts";
import { createRowParser } from "./parse-row.ts";
import { listedFields, writtenFields } from "./task-fields.ts";
import type { SegmentWriter } from "./write-segments.ts";
import { createTaskWriter } from "./write-tasks.ts";

/** One segment, in memory. */
function memory() {
  const pieces: Buffer[] = [];
  const writer: SegmentWriter = {
    write: async (bytes) => void pieces.push(bytes),
    finish: async () => [{ key: "segment", etag: "e", start: 0, end: Buffer.concat(pieces).length }],
    abort: async () => undefined,
  };
  return { open: () => writer, text: () => Buffer.concat(pieces).toString("utf8") };
}

const task = fc.record(
  {
    bucket: fc.constantFrom("b1x", "b2x"),
    key: fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
    versionId: fc.stringMatching(/^[\w.\-/+=]{1,40}$/),
  },
  { requiredKeys: ["bucket", "key"] },
) as fc.Arbitrary<Task>;

it("writes rows that are read back as the same objects", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(task, { minLength: 1, maxLength: 40 }), async (tasks) => {
      const segments = memory();
      const writer = createTaskWriter(segments.open, true);
      for (const one of tasks) writer.add(one);
      const written = await writer.finish();
      const lines = segments.text().trimEnd().split("\n");
      expect(lines.map(createRowParser(writtenFields, false))).toEqual(tasks);
      expect(written).toMatchObject({ rows: tasks.length, bytes: segments.text().length, sample: expect.anything() });
      expect([...written.buckets.keys()].sort()).toEqual([...new Set(tasks.map(({ bucket }) => bucket))].sort());
    }),
  );
});

it("cuts chunks at ends of rows, whenever it is told to write", async () => {
  const segments = memory();
  const writer = createTaskWriter(segments.open, false);
  for (let index = 0; index < 2_500; index += 1) {
    writer.add({ bucket: "b1x", key: `key ${index}` });
    if (index % 37 === 0) await writer.flush();
  }
  const { chunks, rows } = await writer.finish();
  expect(rows).toBe(2_500);
  const parse = createRowParser(listedFields, false);
  const keys = chunks.flatMap(({ byteStart, byteEnd }) =>
    segments
      .text()
      .slice(byteStart, byteEnd)
      .trimEnd()
      .split("\n")
      .map((line) => parse(line).key),
  );
  expect(chunks).toHaveLength(3);
  expect(keys).toEqual(Array.from({ length: 2_500 }, (_, index) => `key ${index}`));
});

it("refuses a version id that would break a row, and buckets without end", () => {
  const writer = createTaskWriter(memory().open, true);
  for (const versionId of ["a,b", 'a"b', "a\nb", "é", "x".repeat(1_025)]) {
    expect(() => writer.add({ bucket: "b1x", key: "k", versionId })).toThrow(/which S3 cannot have given/);
  }
  for (let index = 0; index < 100; index += 1) writer.add({ bucket: `bucket${index}`, key: "k" });
  expect(() => writer.add({ bucket: "bucket100", key: "k" })).toThrow(/bucket number 101/);
});
