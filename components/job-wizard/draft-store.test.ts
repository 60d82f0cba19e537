import { beforeEach, describe, expect, it } from "vitest";
import { newDraft } from "./draft.ts";
import { draftName } from "./draft-name.ts";
import { adoptOnlyDraft, isKeyOf, listDrafts, maxDrafts, readDraft, removeDraft, type StoredDraft, writeDraft } from "./draft-store.ts";

function createStorage(room = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem: (key: string, value: string) => {
      if (!kept.has(key) && kept.size >= room) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  };
}

const owner = "ada@example.com";
const stored = (id: string, minute = 0, more: Partial<StoredDraft> = {}): StoredDraft => ({
  id,
  owner,
  savedAt: `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`,
  step: "operation",
  draft: newDraft(id),
  ...more,
});

let storage: ReturnType<typeof createStorage>;
beforeEach(() => {
  storage = createStorage();
});

describe("drafts", () => {
  it("come back as they were, the newest first", () => {
    for (const [id, minute] of [
      ["a", 1],
      ["b", 3],
      ["c", 2],
    ] as const)
      expect(writeDraft(storage, stored(id, minute))).toBe(true);
    expect(listDrafts(storage, owner).map(({ id }) => id)).toEqual(["b", "c", "a"]);
    expect(readDraft(storage, owner, "a")).toEqual(stored("a", 1));
    removeDraft(storage, "b");
    expect(listDrafts(storage, owner).map(({ id }) => id)).toEqual(["c", "a"]);
    expect(readDraft(storage, owner, "b")).toBeNull();
  });

  it("are their person's alone", () => {
    writeDraft(storage, stored("a"));
    expect(listDrafts(storage, "bob@example.com")).toEqual([]);
    expect(readDraft(storage, "bob@example.com", "a")).toBeNull();
  });

  it("of another shape are left alone", () => {
    storage.setItem("longshore.draft.3.x", "{}");
    storage.setItem("longshore.draft.3.y", "no JSON");
    storage.setItem("other", "x");
    writeDraft(storage, stored("a"));
    expect(listDrafts(storage, owner).map(({ id }) => id)).toEqual(["a"]);
    expect(storage.kept.size).toBe(4);
  });

  it("that find no room are said to be lost", () => expect(writeDraft(createStorage(0), stored("a"))).toBe(false));

  it("are bounded: the oldest give way, nobody else's", () => {
    writeDraft(storage, stored("bob", 0, { owner: "bob@example.com" }));
    for (let index = 0; index < maxDrafts + 2; index += 1) writeDraft(storage, stored(String(index), index));
    expect(listDrafts(storage, owner)).toHaveLength(maxDrafts);
    expect(listDrafts(storage, owner).at(-1)?.id).toBe("2");
    expect(listDrafts(storage, "bob@example.com")).toHaveLength(1);
  });

  it("change in other tabs under their own key", () => {
    writeDraft(storage, stored("a"));
    const [key = null] = storage.kept.keys();
    expect([isKeyOf(key, "a"), isKeyOf(key, "b"), isKeyOf(null, "a")]).toEqual([true, false, false]);
  });
});

describe("the one draft of an older console", () => {
  const now = new Date("2026-02-01T00:00:00Z");
  it.each([
    ["is taken over", { ...newDraft("t"), options: { ...newDraft("t").options, description: "Half done" } }, ["t"]],
    ["is let go where nobody typed anything", newDraft("t"), []],
    ["is let go where nobody can read it", {}, []],
  ])("%s", (_name, draft, ids) => {
    storage.setItem("longshore.job-draft.3", JSON.stringify(draft));
    adoptOnlyDraft(storage, owner, now);
    expect(listDrafts(storage, owner).map(({ id }) => id)).toEqual(ids);
    expect(storage.getItem("longshore.job-draft.3")).toBeNull();
  });
});

describe("draftName", () => {
  const draft = (more: Partial<ReturnType<typeof newDraft>>) => ({ ...newDraft("t"), ...more });
  const { manifest, operation, options, selection } = newDraft("t");
  const tagging = { ...operation, name: "S3PutObjectTagging" };
  const listed = { ...manifest, location: "s3://lists/2026/photos.csv" };
  it.each([
    [draft({}), "Without a description"],
    [draft({ operation: tagging }), "Replace all object tags"],
    [draft({ manifest: listed }), "photos.csv"],
    [draft({ operation: tagging, manifest: listed }), "Replace all object tags: photos.csv"],
    [draft({ operation: tagging, source: "bucket", selection: { ...selection, bucket: "photos" } }), "Replace all object tags: photos"],
    [draft({ operation: tagging, options: { ...options, description: " Tag " } }), "Tag"],
  ])("%#", (one, name) => expect(draftName(one)).toBe(name));
});
