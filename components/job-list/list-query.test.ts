import { describe, expect, test } from "vitest";
import { filtersOf, jobFiltersSchema } from "../../lib/jobs/job-filters.ts";
import { apiSearch, filterSearch, isFiltered, type ListQuery, listParsers, loadQuery, nextSort, noFilters, savedQuery } from "./list-query.ts";

const query: ListQuery = { ...noFilters, view: "jobs", sort: null, dir: "desc", page: 1, size: 25 };
const now = new Date(2026, 10, 28, 15, 30);

describe("what the list asks the API", () => {
  test("empty filters are left out", () => expect(apiSearch(query)).toBe("sort=createdAt&dir=desc&page=1&size=25"));
  test("filters are encoded", () =>
    expect(apiSearch({ ...query, q: " a&b ", status: ["Active", "Failed"], page: 3 })).toBe(
      "sort=createdAt&dir=desc&page=3&size=25&q=a%26b&status=Active%2CFailed",
    ));
  test("a page before the first is the first", () => expect(apiSearch({ ...query, page: -4 })).toContain("page=1&"));
  test("groups have an order of their own", () => {
    expect(apiSearch({ ...query, view: "groups", sort: "priority", dir: "asc" })).toContain("sort=lastCreatedAt&dir=desc");
    expect(apiSearch({ ...query, view: "groups", sort: "jobs", dir: "asc" })).toContain("sort=jobs&dir=asc");
    expect(apiSearch({ ...query, sort: "jobs", dir: "asc" })).toContain("sort=createdAt&dir=desc");
  });
  test("the API understands all of it", () => {
    const search = filterSearch(
      {
        q: "log",
        description: "",
        status: ["Active"],
        operation: ["S3PutObjectCopy"],
        creator: ["none"],
        role: ["7d9f6c1e-0000-4000-8000-000000000000"],
        connection: ["7d9f6c1e-0000-4000-8000-000000000001"],
        from: "7d",
        to: "2026-11-28",
        tag: ["a,b=c", "team"],
        failures: true,
        dryRun: false,
      },
      now,
    );
    expect(jobFiltersSchema.parse(filtersOf(search))).toMatchObject({
      q: "log",
      description: "",
      from: new Date(2026, 10, 22).toISOString(),
      to: new Date(2026, 10, 29).toISOString(),
      tag: ["a,b=c", "team"],
      failures: true,
      dryRun: false,
    });
  });
});

describe("an address written by hand", () => {
  test("what is unknown is ignored", () => {
    expect(listParsers.status.parse("Active,Nonsense")).toEqual(["Active"]);
    expect(listParsers.size.parse("7000")).toBeNull();
    expect(listParsers.sort.parse("drop table")).toBeNull();
  });
  test.each([
    ["2026-11-28", "2026-11-28"],
    ["2026-02-30", null],
    ["2026-13-01", null],
    ["7d", "7d"],
    ["0d", null],
    ["yesterday", null],
  ])("the day %s is read as %s", (text, expected) => expect(listParsers.from.parse(text)).toBe(expected));
});

describe("a saved filter", () => {
  test("keeps filters, order and view, not the page", () => {
    const saved = savedQuery({ ...query, q: "log copy", tag: ["a,b", "c=d"], description: "", view: "groups", sort: "jobs", dir: "asc", page: 4, size: 50 });
    expect(saved).not.toMatch(/page|size/);
    expect(loadQuery(saved)).toEqual({ ...noFilters, q: "log copy", tag: ["a,b", "c=d"], description: "", view: "groups", sort: "jobs", dir: "asc" });
  });
  test("of nothing is nothing, and nonsense is left out", () => {
    expect(savedQuery(query)).toBe("");
    expect(loadQuery("status=Nope&view=cards&from=never&x=y")).toEqual({ ...noFilters, view: "jobs", sort: null, dir: "desc" });
  });
});

test.each([
  [{}, false],
  [{ q: "  " }, false],
  [{ q: "x" }, true],
  [{ description: "" }, true],
  [{ dryRun: false }, true],
  [{ tag: ["a"] }, true],
])("a list with %j is filtered: %s", (filters, expected) => expect(isFiltered({ ...query, ...filters })).toBe(expected));

describe("sorting", () => {
  test("the same column turns round", () => {
    expect(nextSort({ sort: "failedTasks", dir: "desc" }, "failedTasks")).toEqual({ sort: "failedTasks", dir: "asc" });
    expect(nextSort({ sort: "failedTasks", dir: "asc" }, "failedTasks")).toEqual({ sort: "failedTasks", dir: "desc" });
  });
  test("words start from A, numbers from the largest", () => {
    expect(nextSort<"createdAt" | "creator">({ sort: "createdAt", dir: "desc" }, "creator")).toEqual({ sort: "creator", dir: "asc" });
    expect(nextSort<"createdAt" | "failedTasks">({ sort: "createdAt", dir: "desc" }, "failedTasks")).toEqual({ sort: "failedTasks", dir: "desc" });
  });
});
