"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";
import { formatNumber } from "./number.tsx";
import { Select } from "./select.tsx";

export interface PaginationProps {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  onPageChange: (page: number) => void;
  onSizeChange?: (size: number) => void;
  sizes?: readonly number[];
  className?: string;
}

export function Pagination({ page, size, total, onPageChange, onSizeChange, sizes = [10, 25, 50, 100], className }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  const first = total === 0 ? 0 : (page - 1) * size + 1;
  return (
    <nav aria-label="Pages" className={cn("flex flex-wrap items-center justify-between gap-3 text-note text-text-muted", className)}>
      <span className="tabular-nums" aria-live="polite">
        {formatNumber(first)}–{formatNumber(Math.min(page * size, total))} of {formatNumber(total)}
      </span>
      <div className="flex items-center gap-2">
        {onSizeChange && (
          <Select
            aria-label="Rows on a page"
            size="sm"
            className="w-28"
            value={String(size)}
            onValueChange={(next) => onSizeChange(Number(next))}
            options={sizes.map((rows) => ({ value: String(rows), label: `${rows} a page` }))}
          />
        )}
        <IconButton label="Previous page" size="sm" variant="secondary" disabled={page <= 1} onClick={() => onPageChange(page - 1)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <span className="min-w-16 text-center tabular-nums">
          {formatNumber(page)} / {formatNumber(pages)}
        </span>
        <IconButton label="Next page" size="sm" variant="secondary" disabled={page >= pages} onClick={() => onPageChange(page + 1)}>
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}
