import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { ConfirmationRules } from "#lib/confirmation/rules.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { confirmAndSee, putManifest } from "./job-helpers.ts";
import { expect, type Person, test } from "./people.ts";

// The policy is the whole installation's: these run alone, one after the other, and leave it as it was.
test.describe.configure({ mode: "serial" });

const noRules: ConfirmationRules = { notByCreator: false, twoForIrreversible: false, twoForObjectsOver: null };
const problems = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map((violation) => violation.id);
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const demand = async (page: Page, rules: Partial<ConfirmationRules>) => {
  const answer = await page.request.put("/api/confirmation-policy", { headers: { origin: new URL(page.url()).origin }, data: { ...noRules, ...rules } });
  expect(answer.status(), await answer.text()).toBe(200);
};
test.afterEach(async ({ signedIn }) => {
  await signedIn.goto("/policy");
  await demand(signedIn, noRules);
});

interface Made {
  local: Parameters<typeof putManifest>[0];
  bucket: string;
}

/** A job on two objects of that person's, prepared and checked. */
async function prepared({ page }: Person, { local, bucket }: Made, Operation: object): Promise<string> {
  const Location = await putManifest(local, bucket, [`${bucket},harbour-1.jpg`, `${bucket},harbour-2.jpg`], 2);
  const answer = await page.request.post("/api/jobs", {
    data: {
      Operation,
      Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location },
      Report: { Enabled: false },
      Priority: 10,
      RoleArn: local.roleArn,
      Description: `Harbour ${bucket}`,
      ClientRequestToken: crypto.randomUUID(),
    },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { jobId } = (await answer.json()) as { jobId: string };
  const read = async () => (await (await page.request.get(`/api/jobs/${jobId}`)).json()) as JobDetails;
  await expect.poll(async () => (await read()).preflight).not.toBeNull();
  return jobId;
}
const tags = { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } };

/** Types the number that an irreversible job asks for, says yes to what the checks found, and presses the button. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^Type the number of objects/).fill("2");
  const inSpite = page.getByRole("checkbox", { name: /^Confirm although/ });
  if (await inSpite.isVisible()) await inSpite.check();
  await button(page, name).click();
}

test("two people confirm what can never be undone; the first takes it back once", async ({ person, local, bucket, signedIn }) => {
  test.slow();
  await signedIn.goto("/policy");
  await signedIn.getByRole("switch", { name: "Two people confirm what can never be undone" }).click();
  expect(await problems(signedIn)).toEqual([]);
  await button(signedIn, "Save").click();
  await expect(signedIn.getByText("The confirmation policy is saved")).toBeVisible();

  const [operator, first, second] = [await person("operator"), await person("reviewer"), await person("reviewer")];
  const jobId = await prepared(operator, { local, bucket }, { DeleteObject: {} });
  for (const { page } of [first, second, operator]) await page.goto(`/jobs/${jobId}/review`);
  await expect(first.page.getByText("Two people have to confirm this job")).toBeVisible();
  await confirm(first.page, "Confirm, as the first of two");
  await expect(first.page.getByText("Your confirmation is kept: 1 of 2")).toBeVisible();
  await expect(first.page.getByText("1 of 2 people have confirmed this job")).toBeVisible();
  await expect(first.page.getByText("You have confirmed this job already, and a second person has to.")).toBeVisible();
  await expect(button(first.page, /^(Run|Confirm)/)).toHaveCount(0);
  await expect(second.page.getByText(`${first.name} confirmed it`)).toBeVisible();
  await expect(operator.page.getByText("1 of 2 people have confirmed this job")).toBeVisible();
  for (const { page } of [first, second]) expect(await problems(page)).toEqual([]);

  await button(first.page, "Take my confirmation back").click();
  await expect(first.page.getByText("Two people have to confirm this job")).toBeVisible();
  await expect(second.page.getByText("Two people have to confirm this job")).toBeVisible();
  await confirm(first.page, "Confirm, as the first of two");
  await expect(second.page.getByText(`${first.name} confirmed it`)).toBeVisible();
  await confirmAndSee(second.page, jobId, () => confirm(second.page, "Run job on 2 objects"), "The job runs now, on 2 objects");
  await expect(second.page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  await second.page.getByRole("button", { name: /^Show all/ }).click();
  await expect(second.page.getByText("Confirmation taken back")).toBeVisible();
  await expect(second.page.getByText("2 of 2", { exact: true })).toBeVisible();
});

test("whoever created a job is told who can confirm it", async ({ person, local, bucket, signedIn }) => {
  test.slow();
  await signedIn.goto("/policy");
  await demand(signedIn, { notByCreator: true });
  const [creator, other] = [await person("reviewer"), await person("reviewer")];
  const jobId = await prepared(creator, { local, bucket }, tags);
  await creator.page.goto(`/jobs/${jobId}/review`);
  await expect(
    creator.page.getByText(/You created this job, and the confirmation policy asks for somebody else's confirmation\..* can confirm it\./),
  ).toBeVisible();
  await expect(button(creator.page, /^Run job/)).toHaveCount(0);
  expect(await problems(creator.page)).toEqual([]);
  // Not by another way either.
  const { definitionDigest } = (await (await creator.page.request.get(`/api/jobs/${jobId}`)).json()) as JobDetails;
  expect((await creator.page.request.post(`/api/jobs/${jobId}/confirm`, { data: { definitionDigest } })).status()).toBe(403);
  await creator.page.goto("/");
  await expect(creator.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(creator.page.getByRole("region", { name: "Awaiting your confirmation" }).getByText(`Harbour ${bucket}`)).toHaveCount(0);

  await other.page.goto(`/jobs/${jobId}/review`);
  await confirmAndSee(other.page, jobId, () => button(other.page, "Run job on 2 objects").click(), "The job runs now, on 2 objects");
});

test("an operator reads the policy and cannot change it; what it needs is said", async ({ person, signedIn }) => {
  const operator = await person("operator");
  await operator.page.goto("/policy");
  await expect(operator.page.getByRole("switch", { name: "Nobody confirms a job of their own" })).toBeDisabled();
  await expect(operator.page.getByText("An administrator can change it.")).toBeVisible();
  await expect(button(operator.page, "Save")).toHaveCount(0);
  expect(await problems(operator.page)).toEqual([]);

  await signedIn.goto("/policy");
  await signedIn.getByRole("switch", { name: "Two people confirm large jobs" }).click();
  const over = signedIn.getByLabel("Jobs of more objects than");
  await over.fill("many");
  await button(signedIn, "Save").click();
  await expect(over).toHaveAccessibleDescription(/Type a number from 1 to 20,000,000,000/);
  await expect(over).toBeFocused();
  await over.fill("250,000");
  await button(signedIn, "Save").click();
  await expect(signedIn.getByText("The confirmation policy is saved")).toBeVisible();
  await signedIn.reload();
  await expect(over).toHaveValue("250,000");
});
