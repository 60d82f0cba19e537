import { expect, it } from "vitest";
import { uploadKeyFor, uploadKeyProblem } from "./upload-limits.ts";

const now = new Date("2026-11-28T11:00:00Z");

it.each([
  ["photos.csv", "manifests/photos-20261128T110000.csv"],
  ["photos.csv.gz", "manifests/photos-20261128T110000.csv.gz"],
  ["photos.gz", "manifests/photos-20261128T110000.csv.gz"],
  ["photos.txt", "manifests/photos.txt-20261128T110000.csv"],
  ["all photos (1).CSV", "manifests/all-photos-1-20261128T110000.csv"],
  ["../../etc/passwd", "manifests/..-..-etc-passwd-20261128T110000.csv"],
  [".csv", "manifests/manifest-20261128T110000.csv"],
  ["日本.csv", "manifests/日本-20261128T110000.csv"],
  ["", "manifests/manifest-20261128T110000.csv"],
])("the file %j goes to %s", (name, key) => {
  expect(uploadKeyFor(name, now)).toBe(key);
  expect(uploadKeyProblem(key)).toBeNull();
});

it.each([
  ["a.csv", null],
  ["a.CSV.gz", null],
  ["index.html", "must end with .csv or .csv.gz"],
  [`${"é".repeat(511)}.csv`, "has at most 1,024 bytes"],
])("the key %j has the problem %j", (key, problem) => expect(uploadKeyProblem(key)).toBe(problem));
