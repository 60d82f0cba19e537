import { expect, it } from "vitest";
import { folderOf, parentOf, recentPlaces, rememberPlace } from "./recent-places.ts";

function createStorage(kept: Record<string, string> = {}) {
  return {
    kept,
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  };
}

it("remembers the last places of a connection, each once, and five of them", () => {
  const storage = createStorage();
  for (const folder of ["1/", "2/", "3/", "2/", "4/", "5/", "6/"]) rememberPlace(storage, "c", { bucket: "b", folder });
  expect(recentPlaces(storage, "c").map(({ folder }) => folder)).toEqual(["6/", "5/", "4/", "2/", "3/"]);
  expect(recentPlaces(storage, "other")).toEqual([]);
});

it.each(["{", "{}", "null", '[1,{"bucket":2}]'])("%s is no list of places", (text) =>
  expect(recentPlaces(createStorage({ "longshore.s3-places.1.c": text }), "c")).toEqual([]),
);

it("does without where the browser refuses", () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  expect(() => rememberPlace({ getItem: () => null, setItem: refuse }, "c", { bucket: "b", folder: "" })).not.toThrow();
  expect(recentPlaces({ getItem: refuse, setItem: refuse }, "c")).toEqual([]);
  expect(() => rememberPlace(null, "c", { bucket: "b", folder: "" })).not.toThrow();
  expect(recentPlaces(null, "c")).toEqual([]);
});

it.each([
  ["a/b/c.csv", "a/b/"],
  ["c.csv", ""],
  ["a//", "a//"],
])("%s is in %j", (key, folder) => expect(folderOf(key)).toBe(folder));

it.each([
  ["a/b/", "a/"],
  ["a/", ""],
  ["a//", "a/"],
])("above %s is %j", (folder, above) => expect(parentOf(folder)).toBe(above));
