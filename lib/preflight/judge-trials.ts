import type { TrialResult } from "../operations/operation.ts";
import type { FindingState, PreflightFinding } from "./preflight.ts";

interface Store {
  /** It says of an object that is not there that it is not there before it looks at rights: Ceph does. */
  hidesRights: boolean;
}

/** One finding for each thing that tasks do, of what was tried for several objects. */
export function judgeTrials(results: readonly TrialResult[], { hidesRights }: Store): PreflightFinding[] {
  const rights = [...new Set(results.map(({ right }) => right))];
  return rights.map((right): PreflightFinding => {
    const own = results.filter((result) => result.right === right);
    const of = (verdict: TrialResult["verdict"]) => own.filter((result) => result.verdict === verdict);
    const finding = (state: FindingState, words: string): PreflightFinding => ({ check: "rights", state, message: `${right}: ${words}` });
    const [refused] = of("refused");
    if (refused) {
      const whole = of("refused").length === own.length;
      return finding(
        whole ? "error" : "warning",
        whole ? refused.message : `for ${of("refused").length} of ${own.length} objects that were tried. ${refused.message}`,
      );
    }
    const [unknown] = of("unknown");
    if (unknown) return finding("unknown", `not checked. ${unknown.message}`);
    if (of("not refused").length > 0) {
      return hidesRights
        ? finding("unknown", "not checked. This store does not say without a change whether the role may do it; a dry run does not show it either.")
        : finding("ok", "the role may do it, as far as a request for an object that is not there can tell.");
    }
    const left = own.find((result) => result.leftBehind);
    return left ? finding("warning", left.message) : finding("ok", "the role may do it. Nothing was written.");
  });
}

/** Ceph's ids of requests, as in tx00000…-0065a1b2c3-1037-default. */
export const isCephRequestId = (id: string | undefined): boolean => /^tx[0-9a-f]{10,}-[0-9a-f]+-[0-9a-f]+-/.test(id ?? "");
