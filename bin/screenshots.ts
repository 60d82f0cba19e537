import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { chromium, type Page } from "@playwright/test";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { bucketArn, objectArn } from "#lib/jobs/arn.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { type Api, signIn } from "./demo/api.ts";
import { StartError } from "./errors.ts";
import { type LocalFile, readLocalFile } from "./launcher/local-file.ts";
import { parseLaunchSettings } from "./launcher/settings.ts";
import { root } from "./root.ts";

/** Takes the pictures of docs/images from a running local start, best a fresh one. Jobs it has made before are used again. */
const MANIFESTS = "sample-manifests";
const pictures = join(root, "docs", "images");
const photos = "photos-2026.csv";
const everyPhoto = "every-photo.csv";

const tagging = (...TagSet: { Key: string; Value: string }[]): CreateJobInput["Operation"] => ({ S3PutObjectTagging: { TagSet } });
const copy = (TargetResource: string, TargetKeyPrefix: string): CreateJobInput["Operation"] => ({ S3PutObjectCopy: { TargetResource, TargetKeyPrefix } });

async function main(): Promise<void> {
  const local = readLocalFile(join(parseLaunchSettings(process.env).dataDir, "local.json"));
  if (!local.s3 || !local.roleArn || !local.admin.password) throw new StartError("The pictures need a fresh local start with its sandbox and its first admin.");
  const api = await signIn(local.url, local.admin.email, local.admin.password);
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  await putManifests(s3);
  // Before that, a review says that nobody has tried what the store does.
  while ((await api.get<ConnectionView[]>("/api/connections")).some(({ probe }) => probe.state === "waiting" || probe.state === "running")) await pause();
  const make = async (manifest: string, Description: string, Operation: CreateJobInput["Operation"], more: Partial<Wanted> = {}) =>
    (await api.post<{ jobId: string }>("/api/jobs", await input(s3, local.roleArn ?? "", { manifest, Description, Operation, Priority: 10, ...more }))).jobId;

  const jobs = {
    reviewed: await make(photos, "Mark the 2026 photos as reviewed", tagging({ Key: "status", Value: "reviewed" })),
    spring: await make("spring.csv", "Copy the spring photos", copy("arn:aws:s3:::sample-archive", "spring/")),
    sorted: await make(
      "photos-with-mistakes.csv",
      "Retire the “unsorted” tag",
      tagging({ Key: "status", Value: "sorted" }, { Key: "by", Value: "collections" }),
    ),
    scans: await make("scans.csv", "Tag the scans of the old archive", tagging({ Key: "archive", Value: "old" })),
    archive: await make(photos, "Copy the 2026 photos to the archive", copy("arn:aws:s3:::sample-archive", "2026/originals/"), {
      Priority: 25,
      Note: "The originals go to the archive before the photos are cropped next week.",
    }),
    owner: await make(everyPhoto, "Give every photo an owner", tagging({ Key: "owner", Value: "collections" })),
  };
  await until(api, jobs.spring, ({ status }) => status === "Failed");
  for (const id of [jobs.reviewed, jobs.sorted]) {
    await run(api, id);
    await until(api, id, ({ status }) => status === "Complete");
  }
  await run(api, jobs.scans);
  await until(api, jobs.scans, ({ status }) => status === "Failed");
  await run(api, jobs.owner);
  await until(api, jobs.owner, ({ status, succeededTasks }) => status !== "Active" || succeededTasks > 20_000);
  await take(local, jobs);
  s3.destroy();
}

async function take(local: LocalFile, jobs: { sorted: string; archive: string }): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({
      baseURL: local.url,
      viewport: { width: 1440, height: 900 },
      colorScheme: "light",
      reducedMotion: "reduce",
      locale: "en-GB",
    });
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(local.admin.email);
    await page.getByLabel("Password").fill(local.admin.password ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Give every photo an owner" }).first().waitFor();
    await picture(page, "home");
    await page.goto("/jobs");
    await page.locator("[data-job]").first().waitFor();
    await picture(page, "jobs");
    await page.goto(`/jobs/${jobs.sorted}`);
    await page.getByText("Timeline").waitFor();
    await picture(page, "details");
    await page.goto(`/jobs/${jobs.sorted}/report`);
    await page.getByRole("tab", { name: /^Failed/ }).click();
    await page.getByRole("cell", { name: "NoSuchKey" }).first().waitFor();
    await picture(page, "report");
    await page.goto(`/jobs/${jobs.archive}/review`);
    await page.getByRole("button", { name: "Run job" }).waitFor();
    await picture(page, "review");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "review-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await fillWizard(page);
    await picture(page, "wizard");
  } finally {
    await browser.close();
  }
}

async function fillWizard(page: Page): Promise<void> {
  await page.goto("/jobs/new");
  await page.getByRole("textbox", { name: "Manifest object" }).fill(`s3://${MANIFESTS}/${photos}`);
  await page.getByText("No problem found").waitFor();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("owner");
  await page.getByLabel("Value of tag 1").fill("collections");
}

const picture = async (page: Page, name: string): Promise<void> => {
  // The pointer and the focus are no part of the picture.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  console.log(`  docs/images/${name}.png`);
};

/** Manifests with a mistake, of objects that are not there, and long enough to be seen running. */
async function putManifests(s3: S3Client): Promise<void> {
  const sample = await s3.send(new GetObjectCommand({ Bucket: MANIFESTS, Key: photos }));
  const rows = (await sample.Body?.transformToString()) ?? "";
  await s3.send(new PutObjectCommand({ Bucket: MANIFESTS, Key: "spring.csv", Body: `${rows}sample-photos,2026/04/pier,boats.jpg\n` }));
  const scans = Array.from({ length: 2_400 }, (_, index) => `sample-photos,archive/scan-${index}.tif\n`).join("");
  await s3.send(new PutObjectCommand({ Bucket: MANIFESTS, Key: "scans.csv", Body: scans }));
  await s3.send(new PutObjectCommand({ Bucket: MANIFESTS, Key: everyPhoto, Body: rows.repeat(100) }));
}

type Wanted = Pick<CreateJobInput, "Operation" | "Priority" | "Note"> & { manifest: string; Description: string };

/** The token says which job of the pictures it is, so that none is made twice. */
async function input(s3: S3Client, RoleArn: string, { manifest, ...wanted }: Wanted): Promise<CreateJobInput> {
  const { ETag = "" } = await s3.send(new HeadObjectCommand({ Bucket: MANIFESTS, Key: manifest }));
  return {
    ...wanted,
    Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location: { ObjectArn: objectArn(MANIFESTS, manifest), ETag } },
    Report: { Enabled: true, Bucket: bucketArn("sample-reports"), Prefix: "reports" },
    RoleArn,
    ClientRequestToken: `pictures: ${wanted.Description}`.slice(0, 64),
  };
}

async function run(api: Api, id: string): Promise<void> {
  const job = await until(api, id, ({ status, preflight }) => status !== "New" && status !== "Preparing" && (status !== "Suspended" || preflight !== null));
  if (job.status === "Suspended")
    await api.post(`/api/jobs/${id}/confirm`, { definitionDigest: job.definitionDigest, acknowledgedPreflight: job.preflight?.checkedAt });
  await until(api, id, ({ status }) => status !== "Ready");
}

async function until(api: Api, id: string, holds: (job: JobDetails) => boolean): Promise<JobDetails> {
  for (;;) {
    const job = await api.get<JobDetails>(`/api/jobs/${id}`);
    if (holds(job)) return job;
    if (job.status === "Failed" || job.status === "Cancelled")
      throw new StartError(`The job “${job.description}” is ${job.status}, so the pictures cannot be taken.`);
    await pause();
  }
}

const pause = () => new Promise((done) => setTimeout(done, 200));

try {
  await main();
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
