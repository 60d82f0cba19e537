import { createHash, randomBytes } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError, expectStatus } from "../expect-error.ts";

const MIN = 5 * 1024 ** 2;
const md5 = (data: Buffer): Buffer => createHash("md5").update(data).digest();
const composite = (...parts: Buffer[]): string => `"${md5(Buffer.concat(parts.map(md5))).toString("hex")}-${parts.length}"`;

async function begin({ s3, bucket }: Bench, options: { versioned?: boolean } = {}) {
  const Bucket = await bucket(options);
  const target = { Bucket, Key: "big" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ContentType: "text/plain", Metadata: { m: "1" }, Tagging: "t=1" }));
  const upload = { ...target, UploadId };
  return {
    Bucket,
    upload,
    part: async (PartNumber: number, Body: Buffer) => ({ PartNumber, ETag: (await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }))).ETag }),
    complete: (...Parts: { PartNumber: number; ETag?: string }[]) => s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })),
    bytes: async (Range?: string) => Buffer.from((await (await s3.send(new GetObjectCommand({ ...target, Range }))).Body?.transformToByteArray()) ?? []),
    target,
  };
}

export const multipart: Suite = (check) => {
  check("joins parts into one object", async (bench) => {
    const { target, part, complete, bytes } = await begin(bench);
    const [first, second] = [randomBytes(MIN), randomBytes(1000)];
    // Sent in the wrong order, and the first one twice.
    const two = await part(2, second);
    await part(1, Buffer.from("replaced"));
    await complete(await part(1, first), two);
    expect((await bytes()).equals(Buffer.concat([first, second]))).toBe(true);
    expect((await bytes(`bytes=${MIN - 10}-${MIN + 9}`)).equals(Buffer.concat([first.subarray(-10), second.subarray(0, 10)]))).toBe(true);
    const head = await bench.s3.send(new HeadObjectCommand(target));
    expect(head).toMatchObject({ ETag: composite(first, second), ContentLength: MIN + 1000, ContentType: "text/plain", Metadata: { m: "1" } });
  });

  check("keeps the tags that it was begun with", async (bench) => {
    const { target, part, complete } = await begin(bench);
    await complete(await part(1, Buffer.from("one")));
    expect((await bench.s3.send(new GetObjectTaggingCommand(target))).TagSet).toEqual([{ Key: "t", Value: "1" }]);
  });

  check("leaves out parts that are not named", async (bench) => {
    const { part, complete, bytes } = await begin(bench);
    const one = await part(1, Buffer.from("one"));
    await part(2, Buffer.from("two"));
    await complete(one);
    expect((await bytes()).toString()).toBe("one");
  });

  check("says what it made", async (bench) => {
    const { target, part, complete } = await begin(bench);
    const body = Buffer.from("one");
    const done = await complete(await part(1, body));
    expect(done).toMatchObject({ ...target, ETag: composite(body) });
    expect(done.Location).toBeTruthy();
  });

  check("makes a version", async (bench) => {
    const { target, part, complete } = await begin(bench, { versioned: true });
    const done = await complete(await part(1, Buffer.from("one")));
    expect(done.VersionId).toBeTruthy();
    expect((await bench.s3.send(new HeadObjectCommand(target))).VersionId).toBe(done.VersionId);
  });

  check("is not completed after it was aborted", async (bench) => {
    const { upload, part, complete } = await begin(bench);
    const one = await part(1, Buffer.from("one"));
    await bench.s3.send(new AbortMultipartUploadCommand(upload));
    await expectError(complete(one), "NoSuchUpload", 404);
  });

  check("shows nothing before it is complete, and nothing after it is aborted", async (bench) => {
    const { target, upload, part } = await begin(bench);
    await part(1, Buffer.from("one"));
    await expectStatus(bench.s3.send(new HeadObjectCommand(target)), 404);
    await bench.s3.send(new AbortMultipartUploadCommand(upload));
    await expectStatus(bench.s3.send(new HeadObjectCommand(target)), 404);
  });

  check("takes no parts after it was aborted", async (bench) => {
    const { upload, part } = await begin(bench);
    await bench.s3.send(new AbortMultipartUploadCommand(upload));
    await expectError(part(1, Buffer.from("one")), "NoSuchUpload", 404);
  });

  check("refuses small parts before the last", async (bench) => {
    const { part, complete } = await begin(bench);
    await expectError(complete(await part(1, Buffer.from("small")), await part(2, Buffer.from("last"))), "EntityTooSmall", 400);
  });

  check("refuses parts in the wrong order", async (bench) => {
    const { part, complete } = await begin(bench);
    const [one, two] = [await part(1, randomBytes(MIN)), await part(2, Buffer.from("2"))];
    await expectError(complete(two, one), "InvalidPartOrder", 400);
  });

  check("refuses parts that were not sent, or not so", async (bench) => {
    const { part, complete } = await begin(bench);
    const one = await part(1, Buffer.from("one"));
    await expectError(complete({ PartNumber: 1, ETag: '"00000000000000000000000000000000"' }), "InvalidPart", 400);
    await expectError(complete({ PartNumber: 2, ETag: one.ETag }), "InvalidPart", 400);
    await complete(one);
  });

  check("refuses an empty list of parts", async (bench) => {
    const { complete } = await begin(bench);
    await expectError(complete(), "MalformedXML", 400);
  });

  check("refuses part numbers outside 1 to 10000", async (bench) => {
    const { part } = await begin(bench);
    await expectError(part(10_001, Buffer.from("x")), "InvalidArgument", 400);
  });

  check("copies parts from other objects, whole and by range", async (bench) => {
    const { Bucket, upload, complete, bytes } = await begin(bench);
    const body = randomBytes(MIN + 100);
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: body }));
    const copyPart = async (PartNumber: number, CopySourceRange?: string) => {
      const { CopyPartResult } = await bench.s3.send(new UploadPartCopyCommand({ ...upload, PartNumber, CopySource: `${Bucket}/source`, CopySourceRange }));
      return { PartNumber, ETag: CopyPartResult?.ETag };
    };
    const parts = [await copyPart(1), await copyPart(2, `bytes=${MIN}-${MIN + 9}`)];
    await complete(...parts);
    expect((await bytes()).equals(Buffer.concat([body, body.subarray(MIN, MIN + 10)]))).toBe(true);
  });

  check("refuses to copy a range that the source does not have", async (bench) => {
    const { Bucket, upload } = await begin(bench);
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: "12345" }));
    const command = new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: "bytes=2-10" });
    await expectError(bench.s3.send(command), "InvalidArgument", 400);
  });

  check("lists parts page by page", async (bench) => {
    const { upload, part } = await begin(bench);
    for (const number of [1, 2, 5]) await part(number, Buffer.from(`part ${number}`));
    const first = await bench.s3.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    expect([first.Parts?.map((entry) => [entry.PartNumber, entry.Size]), first.IsTruncated]).toEqual([
      [
        [1, 6],
        [2, 6],
      ],
      true,
    ]);
    const second = await bench.s3.send(new ListPartsCommand({ ...upload, MaxParts: 2, PartNumberMarker: first.NextPartNumberMarker }));
    expect([second.Parts?.map((entry) => entry.PartNumber), second.IsTruncated]).toEqual([[5], false]);
  });

  check("lists uploads under way", async (bench) => {
    const { Bucket, upload } = await begin(bench);
    await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "other/x" }));
    const list = async (input: object) => bench.s3.send(new ListMultipartUploadsCommand({ Bucket, ...input }));
    expect((await list({})).Uploads?.map((entry) => entry.Key)).toEqual(["big", "other/x"]);
    expect((await list({ Prefix: "b" })).Uploads?.map((entry) => entry.UploadId)).toEqual([upload.UploadId]);
    const first = await list({ MaxUploads: 1 });
    expect(first.IsTruncated).toBe(true);
    const second = await list({ MaxUploads: 1, KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker });
    expect([second.Uploads?.map((entry) => entry.Key), second.IsTruncated]).toEqual([["other/x"], false]);
  });

  check("lists uploads under way by delimiter", async (bench) => {
    const { Bucket } = await begin(bench);
    await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "other/x" }));
    const page = await bench.s3.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: "/" }));
    expect([page.Uploads?.map((entry) => entry.Key), page.CommonPrefixes?.map((entry) => entry.Prefix)]).toEqual([["big"], ["other/"]]);
  });

  check("makes objects that can be copied whole", async (bench) => {
    const { Bucket, part, complete } = await begin(bench);
    const body = randomBytes(1000);
    await complete(await part(1, body));
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/big` }));
    const got = await bench.s3.send(new GetObjectCommand({ Bucket, Key: "copy" }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  check("gives a copy of its object the MD5 of its bytes for an ETag", async (bench) => {
    const { Bucket, part, complete } = await begin(bench);
    const body = randomBytes(1000);
    await complete(await part(1, body));
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/big` }));
    expect((await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).ETag).toBe(`"${md5(body).toString("hex")}"`);
  });
};
