"use client";
import { scaleLinear, scaleTime } from "d3-scale";
import { area, line } from "d3-shape";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { formatRate } from "../job-progress.ts";
import { cn } from "../ui/cn.ts";
import { formatCompact, formatNumber } from "../ui/number.tsx";
import { ticksThatFit } from "./chart-ticks.ts";
import { momentWords, tickWords } from "./moment-words.ts";
import { nearestTo, type ProgressMeasure, type ProgressPoint, spellsOf, totalsOf } from "./progress-series.ts";
import { useWidth } from "./use-width.ts";

interface ProgressChartProps {
  /** At least one. */
  points: readonly ProgressPoint[];
  /** How long a stretch is. */
  seconds: number;
  className?: string;
}

/** One under the other, over one axis of time; px. `tone` colours the line, `fill` what is under it. */
const strips: readonly { measure: ProgressMeasure; label: string; top: number; height: number; tone: string; fill: string; dot: string }[] = [
  { measure: "rate", label: "Tasks a second", top: 8, height: 116, tone: "stroke-accent", fill: "fill-accent-soft", dot: "bg-accent" },
  { measure: "failed", label: "Failed a second", top: 146, height: 34, tone: "stroke-danger-solid", fill: "fill-danger-soft", dot: "bg-danger-solid" },
  { measure: "inFlight", label: "Requests in flight", top: 202, height: 34, tone: "stroke-text-faint", fill: "fill-surface-3", dot: "bg-text-faint" },
  { measure: "throttled", label: "Throttled a second", top: 258, height: 34, tone: "stroke-warning-solid", fill: "fill-warning-soft", dot: "bg-warning-solid" },
];
const bottom = 292;
const axisHeight = 24;
/** Where the numbers of the vertical axes stand. */
const left = 44;
const right = 8;
const shortestRangeMs = 10_000;

const figure = (measure: ProgressMeasure, value: number): string =>
  measure === "inFlight" ? formatNumber(Math.round(value)) : formatRate(value).replace("/s", "");

/** Pauses are gaps. The pointer and the arrow keys lead through the exact values. */
export function ProgressChart({ points, seconds, className }: ProgressChartProps) {
  const [box, width] = useWidth();
  const [chosen, setChosen] = useState<number | null>(null);
  const index = chosen === null ? null : Math.min(chosen, points.length - 1);
  const point = index === null ? null : (points[index] as ProgressPoint);
  const start = (points[0] as ProgressPoint).from;
  const end = Math.max((points.at(-1) as ProgressPoint).to, start + shortestRangeMs);
  const x = scaleTime([start, end], [left, Math.max(left + 1, width - right)]);
  const spells = spellsOf(points, seconds);

  const onPointer = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) =>
    setChosen(nearestTo(points, x.invert(clientX - currentTarget.getBoundingClientRect().left).getTime()));
  const onKey = (event: KeyboardEvent) => {
    const from = index ?? points.length - 1;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: points.length - 1, PageUp: from - 10, PageDown: from + 10 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setChosen(Math.max(0, Math.min(points.length - 1, to)));
  };

  return (
    <div className={cn("flex flex-col", className)}>
      <Figures points={points} point={point} />
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label="Progress over time: arrow keys lead through it"
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={(index ?? points.length - 1) + 1}
        aria-valuetext={valueText(point ?? (points.at(-1) as ProgressPoint))}
        onKeyDown={onKey}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={({ pointerType }) => pointerType === "mouse" && setChosen(null)}
        onBlur={() => setChosen(null)}
        className="relative min-h-0 flex-1 touch-pan-y rounded-md outline-offset-4"
      >
        {width > 0 && (
          <svg aria-hidden width={width} height={bottom + axisHeight} className="block overflow-visible text-xs">
            {strips.map((strip) => (
              <Strip key={strip.measure} strip={strip} spells={spells} x={x} width={width} point={point} />
            ))}
            {ticksThatFit(x, width).map((tick) => (
              <text key={tick.getTime()} x={x(tick)} y={bottom + 18} textAnchor="middle" className="fill-text-faint tabular-nums">
                {tickWords(tick.getTime(), end - start)}
              </text>
            ))}
            {point && <line x1={x(middleOf(point))} x2={x(middleOf(point))} y1={0} y2={bottom} className="stroke-border-strong" />}
          </svg>
        )}
      </div>
    </div>
  );
}

const middleOf = ({ from, to }: ProgressPoint): number => (from + to) / 2;

const valueText = (point: ProgressPoint): string =>
  `${momentWords(point.from)}: ${strips.map(({ measure, label }) => `${label.toLowerCase()} ${figure(measure, point[measure])}`).join(", ")}`;

interface StripProps {
  strip: (typeof strips)[number];
  spells: readonly ProgressPoint[][];
  x: (ms: number) => number;
  width: number;
  point: ProgressPoint | null;
}

function Strip({ strip: { measure, top, height, tone, fill }, spells, x, width, point }: StripProps) {
  const most = Math.max(measure === "rate" || measure === "inFlight" ? 1 : 0.1, ...spells.flat().map((one) => one[measure]));
  const y = scaleLinear([0, most], [top + height, top]).nice(measure === "rate" ? 4 : 1);
  const marks = measure === "rate" ? y.ticks(4) : y.domain();
  // Level over the time that was counted: an average is all that is known of it.
  const edges = spells.map((spell) => spell.flatMap((one) => [one.from, one.to].map((ms) => [ms, one[measure]] as const)));
  const drawn = {
    area: area<readonly [number, number]>(
      ([ms]) => x(ms),
      y(0),
      ([, value]) => y(value),
    ),
    line: line<readonly [number, number]>(
      ([ms]) => x(ms),
      ([, value]) => y(value),
    ),
  };
  return (
    <g>
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={left} x2={width - right} y1={y(mark)} y2={y(mark)} className="stroke-border" />
          <text x={left - 8} y={y(mark)} dy="0.32em" textAnchor="end" className="fill-text-faint tabular-nums">
            {formatCompact(mark)}
          </text>
        </g>
      ))}
      {edges.map((spell) => (
        <g key={spell[0]?.[0]}>
          <path d={drawn.area(spell) ?? ""} className={fill} />
          <path d={drawn.line(spell) ?? ""} fill="none" strokeWidth={1.5} strokeLinejoin="round" className={tone} />
        </g>
      ))}
      {point && <circle cx={x(middleOf(point))} cy={y(point[measure])} r={3.5} strokeWidth={2} className={cn("fill-surface", tone)} />}
    </g>
  );
}

/** The legend, with the values of the chosen moment, or those of the whole. */
function Figures({ points, point }: { points: readonly ProgressPoint[]; point: ProgressPoint | null }) {
  const totals = totalsOf(points);
  if (!totals) return null;
  const second = totals.ranMs / 1_000;
  const whole: Record<ProgressMeasure, number> = {
    rate: totals.rate,
    failed: totals.failedTasks / second,
    inFlight: totals.inFlight,
    throttled: totals.throttledAnswers / second,
  };
  return (
    <div aria-hidden className="mb-3 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-[repeat(4,auto)_1fr]">
      {strips.map(({ measure, label, dot }) => (
        <div key={measure} className="min-w-0">
          <p className="flex items-center gap-1.5 text-note text-text-muted">
            <span className={cn("size-2 shrink-0 rounded-full", dot)} />
            {label}
          </p>
          <p className="font-medium tabular-nums">{figure(measure, (point ?? whole)[measure])}</p>
        </div>
      ))}
      <div className="text-note text-text-muted max-sm:col-span-2 sm:text-right">{point ? momentWords(point.from) : "On average"}</div>
    </div>
  );
}
