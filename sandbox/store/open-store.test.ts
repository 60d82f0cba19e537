import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { putSample } from "../put-sample.ts";
import { openStore } from "./open-store.ts";

test("opens the data of a sandbox that kept no locks, restores or settings yet", async () => {
  const dir = mkdtempSync(join(tmpdir(), "longshore-store-"));
  try {
    const first = openStore(dir);
    first.transaction(() => first.buckets.create("old", "us-east-1", 0));
    await putSample(first, { bucket: "old", key: "a", text: "1", contentType: "text/plain" }, 0);
    first.close();
    const db = new DatabaseSync(join(dir, "sandbox.db"));
    for (const [table, column] of [
      ["buckets", "settings"],
      ["versions", "attributes"],
      ["uploads", "attributes"],
      ["uploads", "checksum"],
      ["parts", "checksum"],
    ])
      db.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    // ACLs were kept as the headers had them.
    db.exec(`UPDATE versions SET acl = '{"x-amz-acl":"public-read"}'`);
    db.close();

    const second = openStore(dir);
    expect(second.buckets.get("old").settings).toEqual({});
    const version = second.versions.current("old", "a");
    expect([version?.attributes, version?.acl]).toEqual([{}, null]);
    if (version) second.transaction(() => second.versions.setAttributes(version, { legalHold: "ON" }));
    second.close();
    const third = openStore(dir);
    expect(third.versions.current("old", "a")?.attributes).toEqual({ legalHold: "ON" });
    third.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
