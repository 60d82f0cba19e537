import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { oddKeys } from "../odd-keys.ts";
import { sendRaw, signRaw } from "../raw-request.ts";

export const deletion: Suite = (check) => {
  check("of one object, and of what is not there", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    for (const _ of [1, 2]) expect((await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }))).$metadata.httpStatusCode).toBe(204);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  check("of many objects, whatever their keys", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    // A line feed inside XML is another matter.
    const keys = oddKeys.map(([, key]) => key).filter((key) => !key.includes("\n"));
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "1" }));
    const reply = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...keys, "none"].map((Key) => ({ Key })) } }));
    expect(new Set(reply.Deleted?.map((entry) => entry.Key))).toEqual(new Set([...keys, "none"]));
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  check("of many objects, quietly", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const reply = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: "a" }] } }));
    expect([reply.Deleted, reply.Errors]).toEqual([undefined, undefined]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  check("of many versions and markers", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const { VersionId: kept } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const { VersionId: gone } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2" }));
    const { Deleted = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "a", VersionId: gone }, { Key: "b" }] } }));
    expect(Deleted.find((entry) => entry.Key === "a")?.VersionId).toBe(gone);
    const marked = Deleted.find((entry) => entry.Key === "b");
    expect(marked?.DeleteMarker).toBe(true);
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions.map((entry) => entry.VersionId), DeleteMarkers.map((entry) => entry.VersionId)]).toEqual([[kept], [marked?.DeleteMarkerVersionId]]);
  });

  check("of many objects needs a digest of the list", async ({ server, bucket }) => {
    const body = "<Delete><Object><Key>a</Key></Object></Delete>";
    const reply = await sendRaw(server, await signRaw(server, { method: "POST", path: `/${await bucket()}`, query: { delete: "" }, body }));
    expect([reply.status, reply.code]).toEqual([400, "InvalidRequest"]);
  });

  check("of more than a thousand objects at once is refused", async ({ s3, bucket }) => {
    const Objects = Array.from({ length: 1001 }, (_, index) => ({ Key: `k${index}` }));
    await expectError(s3.send(new DeleteObjectsCommand({ Bucket: await bucket(), Delete: { Objects } })), "MalformedXML", 400);
  });
};
