import { cn } from "./cn.ts";

const plain = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** 10000 as "10,000". */
export const formatNumber = (value: number | bigint): string => plain.format(value);

/** 1234567 as "1.2M". */
export const formatCompact = (value: number): string => compact.format(value);

/** A share from 0 to 1 as "42%"; never rounds up to 100% or down to 0%. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.01) return "<1%";
  if (share < 1 && share > 0.99) return ">99%";
  return `${Math.round(share * 100)}%`;
}

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** 1536 as "1.5 KiB". */
export function formatBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const scaled = bytes / 1024 ** power;
  return `${power === 0 ? plain.format(scaled) : scaled.toFixed(scaled < 10 ? 1 : 0)} ${byteUnits[power]}`;
}

/** A number in figures of equal width. */
export const Num = ({ value, className }: { value: number | bigint; className?: string }) => (
  <span className={cn("tabular-nums", className)}>{formatNumber(value)}</span>
);
