import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operationNames } from "../operations/registry.ts";
import { endpoints } from "./endpoints.ts";
import { openApiDocument } from "./openapi-document.ts";

const api = join(import.meta.dirname, "../../app/api");

test("every route of the JSON API is described, and nothing else", () => {
  const routes = globSync("**/route.ts", { cwd: api }).flatMap((file) => {
    const path = `/${file.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`;
    const source = readFileSync(join(api, file), "utf8");
    // better-auth serves a folder of paths; the route lists those that it lets through.
    if (path.startsWith("/auth/")) return [...source.matchAll(/"(GET|POST) \/api(\/auth[^"]+)"/g)].map(([, method, open]) => `${method} ${open}`);
    return [...source.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(([, method]) => `${method} ${path}`);
  });
  expect(endpoints.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort());
});

test("requests are described by the schemas that parse them", () => {
  const document = openApiDocument();
  const createJob = document.paths["/api/jobs"]?.post as { requestBody: { content: { "application/json": { schema: object } } } };
  expect(createJob.requestBody.content["application/json"].schema).toMatchObject({
    required: expect.arrayContaining(["Operation", "Report", "Priority", "RoleArn", "ClientRequestToken"]),
    properties: {
      Priority: { type: "integer", minimum: 0, maximum: 2147483647 },
      Operation: { minProperties: 1, maxProperties: 1, properties: Object.fromEntries(operationNames.map((name) => [name, { type: "object" }])) },
      Report: { oneOf: [{}, { properties: { Bucket: { type: "string" } } }] },
    },
  });
  expect(document.paths["/api/jobs"]?.get).toMatchObject({ parameters: expect.arrayContaining([expect.objectContaining({ name: "sort", required: false })]) });
});

test("the document stands by itself: each reference leads somewhere, each operation has a name of its own", () => {
  const document = openApiDocument();
  const text = JSON.stringify(document);
  for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = (reference as string).split("/").reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document);
    expect(target, reference).toBeDefined();
  }
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(endpoints.length);
  expect(ids).toContain("postJobsJobIdConfirm");
});
