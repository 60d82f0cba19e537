import { expect, it } from "vitest";
import { z } from "zod";
import { limits } from "./limits.ts";
import { endpoints } from "./openapi/endpoints.ts";
import { openApiDocument } from "./openapi/openapi-document.ts";

it("are the usual ones where nobody says otherwise, and what the environment says where somebody does", () => {
  expect(limits({})).toEqual({ manifestRows: 20_000_000_000, jobsPerPerson: 1_000, jobsPerDay: 10_000 });
  expect(limits({ LONGSHORE_MAX_MANIFEST_ROWS: "5", LONGSHORE_MAX_JOBS_PER_PERSON: "" })).toMatchObject({ manifestRows: 5, jobsPerPerson: 1_000 });
  expect(() => limits({ LONGSHORE_MAX_JOBS_PER_PERSON: "none" })).toThrow("whole number");
});

/** What has no end in a schema. A pattern counts as an end where it is one of these. */
function endless(schema: unknown, path: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one, at) => endless(one, `${path}/${at}`));
  const { type, enum: values, const: value, maxLength, maxItems, format, pattern, ...rest } = schema as Record<string, unknown>;
  const known = values !== undefined || value !== undefined;
  const found: string[] = [];
  const byForm = ["uuid", "date-time", "email"].includes(String(format)) || /^\^.*\{\d+(?:,\d+)?\}.*\$$/s.test(String(pattern ?? ""));
  if (type === "string" && !known && maxLength === undefined && !byForm) found.push(path);
  if (type === "array" && maxItems === undefined) found.push(`${path}[]`);
  return [...found, ...Object.entries(rest).flatMap(([name, inner]) => endless(inner, name === "properties" ? path : `${path}.${name}`))];
}

/** Judged by code of their own, which JSON Schema cannot say, or as long as a request's address can be. */
const judgedElsewhere = /\/api\/jobs.*\bquery\b.*\.(?:status|operation|creator|role|connection|tag|failures|dryRun)\b/;

it("no string and no list that a request may have is without an end", () => {
  const { paths } = openApiDocument();
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const { parameters, requestBody } = operation as { parameters?: { in: string; name: string; schema: unknown }[]; requestBody?: unknown };
      return [
        ...endless(requestBody, `${method} ${path} body`),
        ...(parameters ?? [])
          .filter((parameter) => parameter.in === "query")
          .flatMap(({ name, schema }) => endless(schema, `${method} ${path} query .${name}`)),
      ];
    }),
  );
  expect(found.filter((path) => !judgedElsewhere.test(path))).toEqual([]);
});

it.each(endpoints.flatMap(({ method, path, body }) => (body ? [[`${method} ${path}`, body] as const] : [])))(
  "%s refuses what is longer, and says the limit",
  (_name, schema) => {
    if (!(schema instanceof z.ZodObject)) return;
    for (const [field, inner] of Object.entries(schema.shape)) {
      const json = z.toJSONSchema(inner as z.ZodType, { io: "input", unrepresentable: "any" }) as { type?: string; maxLength?: number };
      if (json.type !== "string" || json.maxLength === undefined) continue;
      const result = (inner as z.ZodType).safeParse("a".repeat(json.maxLength + 1));
      const said = result.error?.issues.map(({ message }) => message).join("; ") ?? "";
      expect(said.replaceAll(",", ""), field).toContain(String(json.maxLength));
    }
  },
);
