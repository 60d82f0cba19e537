import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../app/globals.css"), "utf8");

type Theme = "light" | "dark";

/** A colour token of app/globals.css as #rrggbb. */
function colour(token: string, theme: Theme): string {
  const value = new RegExp(`--${token}: (?:light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)|(#[0-9a-f]{6}));`).exec(css);
  if (!value) throw new Error(`app/globals.css has no plain colour --${token}.`);
  return value[3] ?? (theme === "light" ? value[1] : value[2]) ?? "";
}

/** WCAG 2's relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const softs = ["accent-soft", "success-soft", "warning-soft", "danger-soft", "info-soft"];
const grounds = ["bg", "surface", "surface-2", "overlay"];

/** What is written in which colour on which ground; text of every size needs 4.5. */
const texts: Record<string, readonly string[]> = {
  text: [...grounds, "surface-3", ...softs],
  "text-muted": [...grounds, ...softs],
  "text-faint": grounds,
  "accent-text": [...grounds, "accent-soft", "surface-3"],
  "accent-fg": ["accent", "accent-hover"],
  success: [...grounds, "success-soft"],
  warning: [...grounds, "warning-soft"],
  danger: [...grounds, "danger-soft"],
  info: [...grounds, "info-soft"],
  "danger-fg": ["danger-solid", "danger-hover"],
  bg: ["text"],
};

/** What is no text but says something: edges of fields, the focus, fills of bars. It needs 3. */
const shapes: Record<string, readonly string[]> = {
  "border-input": grounds,
  ring: grounds,
  accent: ["surface", "surface-3"],
  "danger-solid": ["surface"],
  "success-solid": ["surface"],
};

const pairs = (list: Record<string, readonly string[]>) =>
  Object.entries(list).flatMap(([front, backs]) =>
    backs.flatMap((back) => (["light", "dark"] as const).map((theme) => ({ front, back, theme, ratio: contrast(colour(front, theme), colour(back, theme)) }))),
  );

describe("contrast", () => {
  it("knows black on white", () => expect(contrast("#000000", "#ffffff")).toBeCloseTo(21));
  it.each(pairs(texts))("reads $front on $back, $theme: $ratio", ({ ratio }) => expect(ratio).toBeGreaterThanOrEqual(4.5));
  it.each(pairs(shapes))("sees $front on $back, $theme: $ratio", ({ ratio }) => expect(ratio).toBeGreaterThanOrEqual(3));
});
