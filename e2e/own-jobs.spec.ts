import AxeBuilder from "@axe-core/playwright";
import { createJobByApi, putManifest } from "./job-helpers.ts";
import { expect, test } from "./people.ts";

test("an operator cannot cancel another one's job, alone or among many, and is told whose it is", async ({ person, local, bucket }) => {
  test.slow();
  const [creator, other] = [await person("operator"), await person("operator")];
  const manifest = await putManifest(local, bucket, [`${bucket},harbour.jpg`], 1);
  const jobId = await createJobByApi(creator.page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Harbour ${bucket}` });

  await other.page.goto(`/jobs/${jobId}`);
  await expect(other.page.getByText(`${creator.name} created this job: only they, reviewers and administrators can change or cancel it.`)).toBeVisible();
  for (const name of ["Cancel job", "Update priority", "Limits"]) await expect(other.page.getByRole("button", { name })).toHaveCount(0);
  await expect(other.page.getByRole("link", { name: "Clone" })).toBeVisible();
  expect((await new AxeBuilder({ page: other.page }).include("main").analyze()).violations).toEqual([]);
  const refused = await other.page.request.post(`/api/jobs/${jobId}/cancel`, { data: {} });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain(`${creator.name} (`);

  await other.page.goto(`/jobs?q=${bucket}`);
  await other.page
    .getByRole("checkbox", { name: /Harbour/ })
    .first()
    .check();
  await other.page.getByRole("region", { name: "Chosen jobs" }).getByRole("button", { name: "Cancel jobs" }).click();
  await expect(other.page.getByRole("dialog")).toContainText(`${creator.name} created it: ask them, a reviewer or an administrator`);

  await creator.page.goto(`/jobs/${jobId}`);
  await creator.page.getByRole("button", { name: "Cancel job" }).click();
  await creator.page.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
  await expect(
    creator.page
      .getByRole("main")
      .getByText(/^Cancell/)
      .first(),
  ).toBeVisible();
});
