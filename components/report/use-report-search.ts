"use client";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ReportPage } from "#lib/reports/read-report.ts";
import type { ReportRow } from "#lib/reports/report-row.ts";
import { api } from "../api-client.ts";
import { type ReportQuery, reportPageSize, rowsPath } from "./report-query.ts";

/** Rows that one press looks at: seconds of work, and some half a gigabyte that is read from the store. */
const stretch = 5_000_000;

/** How far the person has asked to go. */
interface Goal {
  search: string;
  rows: number;
  searched: number;
  stopped: boolean;
}

export interface ReportSearch {
  rows: ReportRow[];
  /** Rows looked at, of so many; null before the first answer. */
  searched: { rows: number; of: number } | null;
  files: ReportPage["files"] | undefined;
  problem: string | null;
  error: Error | null;
  /** More rows are looked at now. */
  going: boolean;
  /** The rows on screen are those of the last filter. */
  stale: boolean;
  /** The end was not reached. */
  more: boolean;
  goOn: () => void;
  stop: () => void;
}

/** Looks for rows that match, stretch after stretch, until a page is full, the person stops it, or there are no more. */
export function useReportSearch(jobId: string, query: ReportQuery): ReportSearch {
  const client = useQueryClient();
  const search = rowsPath(jobId, query, null);
  const [chosen, setGoal] = useState<Goal | null>(null);
  const goal = chosen?.search === search ? chosen : { search, rows: reportPageSize, searched: stretch, stopped: false };
  const queryKey = ["report", jobId, search];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => api<ReportPage>(rowsPath(jobId, query, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const { data, isFetching, isPlaceholderData, hasNextPage, fetchNextPage, refetch, error } = pages;
  const last = isPlaceholderData ? undefined : data?.pages.at(-1);
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const wanted = !goal.stopped && error === null && last !== undefined && hasNextPage && rows.length < goal.rows && last.searched < goal.searched;

  useEffect(() => {
    if (wanted && !isFetching) void fetchNextPage();
  }, [wanted, isFetching, fetchNextPage]);

  return {
    rows,
    searched: last ? { rows: last.searched, of: last.total } : null,
    files: data?.pages[0]?.files,
    problem: isPlaceholderData ? null : (data?.pages.find((page) => page.problem !== null)?.problem ?? null),
    error,
    going: isFetching || wanted,
    stale: isPlaceholderData,
    more: hasNextPage || last === undefined,
    goOn: () => {
      setGoal({ search, rows: rows.length + reportPageSize, searched: (last?.searched ?? 0) + stretch, stopped: false });
      if (error !== null || last === undefined) void (last === undefined ? refetch() : fetchNextPage());
    },
    stop: () => {
      setGoal({ ...goal, stopped: true });
      void client.cancelQueries({ queryKey });
    },
  };
}
