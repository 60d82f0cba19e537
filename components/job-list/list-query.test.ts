import { describe, expect, test } from "vitest";
import { jobSorts } from "../../lib/jobs/list-jobs.ts";
import { apiSearch, type ListQuery, listParsers, nextSort, sortColumns } from "./list-query.ts";

const query: ListQuery = {
  q: "",
  status: [],
  sort: "createdAt",
  dir: "desc",
  page: 1,
  size: 25,
};

describe("what the list asks the API", () => {
  test("empty filters are left out", () => expect(apiSearch(query)).toBe("sort=createdAt&dir=desc&page=1&size=25"));
  test("filters are encoded", () =>
    expect(
      apiSearch({
        ...query,
        q: " a&b ",
        status: ["Active", "Failed"],
        page: 3,
      }),
    ).toBe("sort=createdAt&dir=desc&page=3&size=25&q=a%26b&status=Active%2CFailed"));
  test("a page before the first is the first", () => expect(apiSearch({ ...query, page: -4 })).toContain("page=1&"));
});

describe("an address written by hand", () => {
  test("unknown statuses and sizes are ignored", () => {
    expect(listParsers.status.parse("Active,Nonsense")).toEqual(["Active"]);
    expect(listParsers.size.parse("7000")).toBeNull();
    expect(listParsers.sort.parse("drop table")).toBeNull();
  });
});

describe("sorting", () => {
  test("the same column turns round", () => {
    expect(nextSort({ sort: "failedTasks", dir: "desc" }, "failedTasks")).toEqual({ sort: "failedTasks", dir: "asc" });
    expect(nextSort({ sort: "failedTasks", dir: "asc" }, "failedTasks")).toEqual({ sort: "failedTasks", dir: "desc" });
  });
  test("words start from A, numbers from the largest", () => {
    expect(nextSort(query, "description")).toEqual({
      sort: "description",
      dir: "asc",
    });
    expect(nextSort(query, "failedTasks")).toEqual({
      sort: "failedTasks",
      dir: "desc",
    });
  });
});

test("every column that the API sorts by can be chosen, and no other", () => expect([...sortColumns]).toEqual([...jobSorts]));
