import type { ConfirmationRules } from "#lib/confirmation/rules.ts";
import { parseCount } from "../job-review/typed-count.ts";
import { formatNumber } from "../ui/number.tsx";

/** What the form holds; `over` as typed. */
export interface PolicyDraft {
  notByCreator: boolean;
  twoForIrreversible: boolean;
  twoForLarge: boolean;
  over: string;
}

/** What is proposed where nobody has chosen a number. */
const usualOver = 1_000_000;
const most = 20_000_000_000;

/** A number with or without separators between thousands; nobody's 1.5 becomes 15. */
const countOver = (over: string): number | null => (/^(\d+|\d{1,3}([,.'\s]\d{3})+)$/.test(over.trim()) ? parseCount(over) : null);

export const draftOf = ({ notByCreator, twoForIrreversible, twoForObjectsOver }: ConfirmationRules): PolicyDraft => ({
  notByCreator,
  twoForIrreversible,
  twoForLarge: twoForObjectsOver !== null,
  over: formatNumber(twoForObjectsOver ?? usualOver),
});

/** What is wrong with the number that was typed; undefined where it is of no use, or right. */
export function overError({ twoForLarge, over }: PolicyDraft): string | undefined {
  if (!twoForLarge) return undefined;
  const count = countOver(over);
  return count !== null && count >= 1 && count <= most ? undefined : `Type a number from 1 to ${formatNumber(most)}`;
}

/** @param draft one without an error */
export const rulesOfDraft = ({ notByCreator, twoForIrreversible, twoForLarge, over }: PolicyDraft): ConfirmationRules => ({
  notByCreator,
  twoForIrreversible,
  twoForObjectsOver: twoForLarge ? countOver(over) : null,
});

export const sameRules = (one: ConfirmationRules, other: ConfirmationRules): boolean =>
  one.notByCreator === other.notByCreator && one.twoForIrreversible === other.twoForIrreversible && one.twoForObjectsOver === other.twoForObjectsOver;
