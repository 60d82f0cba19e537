import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { TaskRequest, Work } from "./operation.ts";
import { asLine, playSteps, type Said } from "./testing/play-steps.ts";
import { testJob } from "./testing/test-job.ts";
import { cutParts, uploadInParts } from "./upload-in-parts.ts";

const mebibyte = 1024 * 1024;

describe("parts", () => {
  it.each([
    [0, 10, [0]],
    [10, 10, [10]],
    [25, 10, [10, 10, 5]],
  ])("of %i bytes, %i at least, are %j", (size, least, lengths) => {
    const parts = cutParts(size, least);
    expect(parts.map(({ length }) => length)).toEqual(lengths);
    expect(parts.map(({ number }) => number)).toEqual(lengths.map((_, index) => index + 1));
    expect(parts.map(({ from }) => from)).toEqual(lengths.map((_, index) => index * least));
  });

  it.each([5 * 1024 ** 3 + 1, 640 * 1024 ** 3 + 1, 5 * 1024 ** 4])("of %i bytes are 10,000 at the most, and all of it", (size) => {
    const parts = cutParts(size, 64 * mebibyte);
    expect(parts.length).toBeLessThanOrEqual(10_000);
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(size);
    expect(parts.slice(0, -1).every(({ length }) => length >= 64 * mebibyte)).toBe(true);
  });
});

describe("an upload in parts", () => {
  const md5 = (text: string | Buffer) => createHash("md5").update(text).digest("hex");
  const wholeETag = `${md5(Buffer.from(md5("1") + md5("2") + md5("3"), "hex"))}-3`;
  const upload = {
    target: { bucket: "b", key: "k" },
    headers: { "x-amz-meta-a": "b" },
    size: 25,
    send: ({ from, length }: { from: number; length: number }, query: Record<string, string>): TaskRequest => ({
      method: "PUT",
      bucket: "b",
      key: "k",
      query,
      headers: { range: `${from}+${length}` },
      body: "",
    }),
  };
  const begun = { body: "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>" };
  const part = (number: string) => ({ body: `<CopyPartResult><ETag>"${md5(number)}"</ETag><ChecksumCRC32>c${number}==</ChecksumCRC32></CopyPartResult>` });
  const asTold =
    (more: Partial<Record<string, Said>> = {}) =>
    (request: TaskRequest | Work) => {
      const line = asLine(request).replace(/^(\w+) b\/k/, "$1 ");
      const said: Record<string, Said> = {
        "POST ?uploads": begun,
        "PUT ?partNumber=1&uploadId=u1": part("1"),
        "PUT ?partNumber=2&uploadId=u1": part("2"),
        "PUT ?partNumber=3&uploadId=u1": { headers: { etag: `"${md5("3")}"`, "x-amz-checksum-crc32": "c3==" } },
        "POST ?uploadId=u1": { headers: { "x-amz-version-id": "v" } },
        "HEAD ": { headers: { "content-length": "25", etag: `"${wholeETag}"` } },
        "DELETE ?uploadId=u1": { httpStatus: 204 },
        ...more,
      };
      return said[line] as Said;
    };
  const play = async (more?: Partial<Record<string, Said>>) => {
    const { end, sent } = await playSteps(uploadInParts(upload, testJob()), asTold(more));
    return { end, lines: sent.map(asLine), sent };
  };
  const noSuchUpload = { code: "NoSuchUpload", httpStatus: 404 };

  it("names every part with its ETag and checksum, and looks at what came of it", async () => {
    const { end, sent } = await play();
    expect(end).toEqual({ value: { httpStatus: 200, versionId: "v" } });
    const { body } = sent.find((request) => asLine(request) === "POST b/k?uploadId=u1") as TaskRequest;
    expect(body).toContain(
      [1, 2, 3].map((n) => `<Part><PartNumber>${n}</PartNumber><ETag>&quot;${md5(`${n}`)}&quot;</ETag><ChecksumCRC32>c${n}==</ChecksumCRC32></Part>`).join(""),
    );
    expect(sent.at(-1)).toMatchObject({ method: "HEAD", versionId: "v" });
  });

  it.each([
    ["a part fails", { "PUT ?partNumber=2&uploadId=u1": { code: "PreconditionFailed", httpStatus: 412 } }, "PreconditionFailed"],
    ["it cannot be completed", { "POST ?uploadId=u1": { code: "EntityTooSmall", httpStatus: 400 } }, "EntityTooSmall"],
    ["the object has other bytes", { "HEAD ": { headers: { "content-length": "24" } } }, "UnexpectedResponse"],
    ["giving up fails too", { "POST ?uploadId=u1": { code: "X", httpStatus: 400 }, "DELETE ?uploadId=u1": noSuchUpload }, "X"],
  ])("is given up when %s, whatever is to end", async (_when, more, code) => {
    const { end, sent } = await play(more);
    expect(end).toMatchObject({ failure: { code } });
    expect(sent.at(-1)).toMatchObject({ method: "DELETE", query: { uploadId: "u1" }, always: true });
  });

  it("that is gone when it is completed again was completed where the object is of its parts", async () => {
    expect((await play({ "POST ?uploadId=u1": noSuchUpload })).end).toMatchObject({ value: {} });
  });

  it.each([
    ["of other parts", { headers: { "content-length": "25", etag: `"${md5("other")}-3"` } }],
    ["not there", { code: "NotFound", httpStatus: 404 }],
  ])("that is gone when it is completed failed where the object is %s", async (_what, head) => {
    expect((await play({ "POST ?uploadId=u1": noSuchUpload, "HEAD ": head })).end).toMatchObject({ failure: {} });
  });

  it("goes on for a role that may not read what it writes", async () => {
    expect((await play({ "HEAD ": { code: "AccessDenied", httpStatus: 403 } })).end).toEqual({ value: { httpStatus: 200, versionId: "v" } });
  });
});
