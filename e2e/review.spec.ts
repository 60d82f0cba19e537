import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { confirmAndSee, createJobByApi, putManifest } from "./job-helpers.ts";
import { expect, type Person, test } from "./people.ts";

const problems = async (page: Page) => (await new AxeBuilder({ page }).include("main").analyze()).violations.map((violation) => violation.id);
const button = (page: Page | Locator, name: string) => page.getByRole("button", { name });
const conversation = (page: Page, name = "Who asks, and why") => page.getByRole("region", { name });

interface Made {
  local: Parameters<typeof putManifest>[0];
  bucket: string;
}

/** A job of two objects, made by the operator, that awaits confirmation and was checked. @returns its id */
async function prepared({ page }: Person, { local, bucket }: Made): Promise<string> {
  const manifest = await putManifest(local, bucket, [`${bucket},harbour-1.jpg`, `${bucket},harbour-2.jpg`], 2);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Harbour ${bucket}` });
  await expect.poll(async () => ((await (await page.request.get(`/api/jobs/${jobId}`)).json()) as { preflight: unknown }).preflight).not.toBeNull();
  return jobId;
}

test("operator and reviewer talk about a job, each sees what the other wrote, and go on when it has ended", async ({ person, local, bucket }) => {
  test.slow();
  const [operator, reviewer, viewer] = [await person("operator"), await person("reviewer"), await person("viewer")];
  const jobId = await prepared(operator, { local, bucket });
  for (const { page } of [operator, reviewer, viewer]) await page.goto(`/jobs/${jobId}/review`);
  await expect(conversation(reviewer.page)).toContainText(`${operator.name}created it`);

  await conversation(reviewer.page).getByLabel("Your comment").fill("Which harbour?\n<b>\u202Egpj.exe");
  await button(conversation(reviewer.page), "Comment").click();
  await expect(conversation(reviewer.page).getByLabel("Your comment")).toHaveValue("");
  for (const { page } of [operator, reviewer, viewer]) {
    await expect(conversation(page).getByRole("listitem")).toHaveCount(1);
    await expect(conversation(page).getByRole("listitem")).toContainText(`${reviewer.name}just now`);
    await expect(conversation(page).getByRole("listitem")).toContainText("Which harbour?<b>U+202Egpj.exe");
  }
  await expect(viewer.page.getByLabel("Your comment")).toHaveCount(0);
  expect((await viewer.page.request.post(`/api/jobs/${jobId}/comments`, { data: { comment: "Me too" } })).status()).toBe(403);

  await conversation(operator.page).getByLabel("Your comment").fill("x".repeat(2_001));
  await expect(conversation(operator.page).getByText("1 too many", { exact: false })).toBeVisible();
  await expect(button(conversation(operator.page), "Comment")).toBeDisabled();
  await conversation(operator.page).getByLabel("Your comment").fill("The old one");
  await conversation(operator.page).getByLabel("Your comment").press("Control+Enter");
  await expect(conversation(reviewer.page).getByRole("listitem").last()).toContainText("The old one");
  for (const { page } of [operator, reviewer]) expect(await problems(page)).toEqual([]);

  await button(operator.page, "Cancel job").click();
  await operator.page.getByRole("dialog").getByLabel("Reason").fill("Not today");
  await operator.page.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
  await expect(reviewer.page.getByText(`Cancelled by ${operator.name}`)).toBeVisible();
  await reviewer.page.getByRole("link", { name: "Go to the job" }).click();
  await conversation(reviewer.page, "Comments").getByLabel("Your comment").fill("As you like");
  await button(conversation(reviewer.page, "Comments"), "Comment").click();
  await expect(conversation(reviewer.page, "Comments").getByRole("listitem")).toHaveCount(3);
  expect(await problems(reviewer.page)).toEqual([]);
});

test("a job is sent back, changed, and the one in its place is run", async ({ person, local, bucket }) => {
  test.slow();
  const [operator, reviewer, other] = [await person("operator"), await person("reviewer"), await person("reviewer")];
  const jobId = await prepared(operator, { local, bucket });
  for (const { page } of [operator, reviewer, other]) await page.goto(`/jobs/${jobId}/review`);
  await expect(button(operator.page, "Run job")).toHaveCount(0);
  await expect(button(operator.page, "Send back")).toHaveCount(0);
  await expect(button(other.page, "Run job on 2 objects")).toBeEnabled();

  await button(reviewer.page, "Send back").click();
  const dialog = reviewer.page.getByRole("dialog", { name: "Send this job back?" });
  await dialog.getByRole("button", { name: "Send back" }).click();
  await expect(dialog.getByLabel("What has to change")).toHaveAccessibleDescription(/Say what has to change/);
  await dialog.getByLabel("What has to change").fill("A second tag, please");
  expect(await problems(reviewer.page)).toEqual([]);
  await dialog.getByRole("button", { name: "Send back" }).click();
  await expect(dialog).toBeHidden();

  // Whoever looks at it sees it within seconds, and can no longer run it; the server would not let them either.
  for (const { page } of [operator, reviewer, other]) {
    await expect(page.getByRole("alert").filter({ hasText: `Sent back by ${reviewer.name}` })).toContainText("A second tag, please");
    await expect(button(page, "Run job")).toHaveCount(0);
  }
  const { definitionDigest } = (await (await other.page.request.get(`/api/jobs/${jobId}`)).json()) as { definitionDigest: string };
  const refused = await other.page.request.post(`/api/jobs/${jobId}/confirm`, { data: { definitionDigest } });
  expect(refused.status()).toBe(409);
  expect(await refused.text()).toContain("A second tag, please");
  await operator.page.goto("/");
  await expect(operator.page.getByText(/^1 job was sent back to you/)).toBeVisible();
  await expect(operator.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Home.*1 sent back to you/ })).toBeVisible();
  await operator.page.goto(`/jobs?q=${bucket}`);
  await expect(operator.page.getByRole("main").getByText("Sent back", { exact: true }).first()).toBeVisible();
  await operator.page.goto(`/jobs/${jobId}/review`);
  expect(await problems(operator.page)).toEqual([]);

  const next = button(operator.page, "Next");
  await operator.page.getByRole("link", { name: "Change it" }).click();
  await expect(operator.page.getByText("No problem found")).toBeVisible();
  await next.click();
  await button(operator.page, "Add tag").click();
  await operator.page.getByLabel("Key of tag 2").fill("second");
  await next.click();
  await next.click();
  await expect(operator.page.getByText("This job takes the place of another one")).toBeVisible();
  await operator.page.getByLabel("Note to the reviewer").fill("With a second tag now");
  expect(await problems(operator.page)).toEqual([]);
  await button(operator.page, "Create job").click();
  await expect(operator.page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review/);
  await expect(conversation(operator.page)).toContainText("With a second tag now");

  await expect(reviewer.page.getByText(`Replaced by ${operator.name}`)).toBeVisible();
  await reviewer.page.getByRole("link", { name: "Review the job in its place" }).click();
  await expect(conversation(reviewer.page)).toContainText("In place of an earlier job");
  await expect(conversation(reviewer.page)).toContainText("With a second tag now");
  const inItsPlace = /[0-9a-f-]{36}/.exec(operator.page.url())?.[0] ?? "";
  await confirmAndSee(reviewer.page, inItsPlace, () => button(reviewer.page, "Run job on 2 objects").click(), "The job runs now, on 2 objects");
  await expect(reviewer.page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  const before = (await (await reviewer.page.request.get(`/api/jobs/${jobId}`)).json()) as { status: string };
  expect(before.status).toMatch(/^Cancell/);
});

test("a job that was sent back is asked for again, and run as it is", async ({ person, local, bucket }) => {
  test.slow();
  const [operator, reviewer] = [await person("operator"), await person("reviewer")];
  const jobId = await prepared(operator, { local, bucket });
  await reviewer.page.request.post(`/api/jobs/${jobId}/send-back`, { data: { reason: "Is this the right harbour?" } });
  for (const { page } of [operator, reviewer]) await page.goto(`/jobs/${jobId}/review`);
  await expect(operator.page.getByText("Is this the right harbour?").first()).toBeVisible();
  await button(operator.page, "Ask again").click();
  const dialog = operator.page.getByRole("dialog", { name: "Ask for a confirmation again?" });
  await dialog.getByLabel("Why it is right as it is").fill("It is: see the map");
  await dialog.getByRole("button", { name: "Ask again" }).click();
  await expect(dialog).toBeHidden();
  await expect(conversation(reviewer.page).getByRole("listitem").last()).toContainText("asked again");
  await expect(conversation(reviewer.page).getByRole("listitem").last()).toContainText("It is: see the map");
  await button(reviewer.page, "Run job on 2 objects").click();
  await expect(reviewer.page).toHaveURL(new RegExp(`/jobs/${jobId}$`));
  await expect(reviewer.page.getByText("Asked again").first()).toBeVisible();
});
