import {
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { oddKeys } from "../odd-keys.ts";

const tree = ["a/1", "a/2", "a/b/3", "b", "c/4", "c/d/5", "e"];
const inUtf8Order = (keys: readonly string[]): string[] => [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

async function fill(s3: S3Client, Bucket: string, keys: readonly string[]): Promise<void> {
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key.slice(0, 3) }));
}

interface Names {
  Contents?: { Key?: string }[];
  CommonPrefixes?: { Prefix?: string }[];
}
const names = ({ Contents = [], CommonPrefixes = [] }: Names) => ({
  keys: Contents.map((entry) => entry.Key),
  prefixes: CommonPrefixes.map((entry) => entry.Prefix),
});

async function pages(s3: S3Client, input: ListObjectsV2CommandInput): Promise<string[]> {
  const found: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ ...input, ContinuationToken }));
    const { keys, prefixes } = names(page);
    expect(page.KeyCount).toBe(keys.length + prefixes.length);
    found.push(...([...keys, ...prefixes] as string[]));
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken !== undefined);
  return found;
}

export const listing: Suite = (check) => {
  check("of an empty bucket", async ({ s3, bucket }) => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: await bucket() }));
    expect(page).toMatchObject({ KeyCount: 0, IsTruncated: false, MaxKeys: 1000 });
    expect(page.Contents).toBeUndefined();
  });

  check("V2 says what each object is", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello" }));
    const plain = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(plain.Contents?.[0]).toMatchObject({ Key: "a", Size: 5, ETag, StorageClass: "STANDARD" });
    expect(plain.Contents?.[0]?.Owner).toBeUndefined();
    const owned = await s3.send(new ListObjectsV2Command({ Bucket, FetchOwner: true }));
    expect(owned.Contents?.[0]?.Owner?.ID).toBeTruthy();
  });

  check("V2 by prefix, delimiter and start", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await fill(s3, Bucket, tree);
    const list = async (input: Partial<ListObjectsV2CommandInput>) => names(await s3.send(new ListObjectsV2Command({ Bucket, ...input })));
    expect(await list({})).toEqual({ keys: tree, prefixes: [] });
    expect(await list({ Prefix: "a/" })).toEqual({ keys: ["a/1", "a/2", "a/b/3"], prefixes: [] });
    expect(await list({ Delimiter: "/" })).toEqual({ keys: ["b", "e"], prefixes: ["a/", "c/"] });
    expect(await list({ Delimiter: "/", Prefix: "a/" })).toEqual({ keys: ["a/1", "a/2"], prefixes: ["a/b/"] });
    expect(await list({ StartAfter: "a/2" })).toEqual({ keys: ["a/b/3", "b", "c/4", "c/d/5", "e"], prefixes: [] });
    expect(await list({ Prefix: "zz" })).toEqual({ keys: [], prefixes: [] });
    expect(await list({ MaxKeys: 0 })).toEqual({ keys: [], prefixes: [] });
  });

  check("V2 page by page misses nothing and repeats nothing", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await fill(s3, Bucket, tree);
    for (const MaxKeys of [1, 2, 3]) {
      expect(await pages(s3, { Bucket, MaxKeys })).toEqual(tree);
      expect((await pages(s3, { Bucket, MaxKeys, Delimiter: "/" })).sort()).toEqual(["a/", "b", "c/", "e"]);
    }
  });

  check("V2 refuses a token that it did not give", async ({ s3, bucket }) => {
    await expectError(s3.send(new ListObjectsV2Command({ Bucket: await bucket(), ContinuationToken: "not a token" })), "InvalidArgument", 400);
  });

  check("V1 page by page, by marker", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await fill(s3, Bucket, tree);
    const first = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 2, Delimiter: "/" }));
    expect({ ...names(first), truncated: first.IsTruncated, next: first.NextMarker }).toEqual({ keys: ["b"], prefixes: ["a/"], truncated: true, next: "b" });
    const second = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 2, Delimiter: "/", Marker: first.NextMarker }));
    expect({ ...names(second), truncated: second.IsTruncated }).toEqual({ keys: ["e"], prefixes: ["c/"], truncated: false });
    const afterPrefix = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: "a/" }));
    expect(names(afterPrefix)).toEqual({ keys: ["b", "e"], prefixes: ["c/"] });
  });

  check("V1 gives a next marker only with a delimiter", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await fill(s3, Bucket, ["a", "b"]);
    const page = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }));
    expect([page.IsTruncated, page.NextMarker]).toEqual([true, undefined]);
  });

  check("is in the order of the keys' UTF-8 bytes", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const keys = ["a", "B", "ä", "\u{ff5e}", "🚢", "a/b", "a b", "a-b", "A", "0"];
    await fill(s3, Bucket, keys);
    expect(await pages(s3, { Bucket, MaxKeys: 3 })).toEqual(inUtf8Order(keys));
  });

  check("gives odd keys back, encoded on demand", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const keys = oddKeys.map(([, key]) => key);
    await fill(s3, Bucket, keys);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: "url" }));
    // A space is + or %20, by server; a plus is always encoded.
    const decoded = Contents.map((entry) => decodeURIComponent((entry.Key ?? "").replaceAll("+", " ")));
    expect(decoded).toEqual(inUtf8Order(keys));
  });

  check("of versions, newest first, page by page", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const written: string[] = [];
    for (const Key of ["a", "a", "b", "b", "b"]) written.push(`${Key} ${(await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }))).VersionId}`);
    const expected = [written[1], written[0], written[4], written[3], written[2]];
    for (const MaxKeys of [1, 2, 1000]) {
      const found: string[] = [];
      const latest: boolean[] = [];
      let markers: { KeyMarker?: string; VersionIdMarker?: string } = {};
      for (;;) {
        const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys, ...markers }));
        for (const version of page.Versions ?? []) {
          found.push(`${version.Key} ${version.VersionId}`);
          latest.push(version.IsLatest ?? false);
        }
        if (!page.IsTruncated) break;
        markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      expect(found).toEqual(expected);
      expect(latest).toEqual([true, false, true, false, false]);
    }
  });

  check("of versions by prefix and delimiter", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await fill(s3, Bucket, tree);
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Delimiter: "/", Prefix: "c/" }));
    expect([page.Versions?.map((version) => version.Key), page.CommonPrefixes?.map((entry) => entry.Prefix)]).toEqual([["c/4"], ["c/d/"]]);
  });
};
