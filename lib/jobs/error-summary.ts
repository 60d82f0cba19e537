import { storableText } from "../db/storable-text.ts";
import type { Task } from "../operations/operation.ts";

export interface ErrorSample extends Task {
  message: string;
}

/** Failures of one code: how many, and a few objects to look at. */
export interface ErrorGroup {
  code: string;
  httpStatus: number;
  count: number;
  samples: ErrorSample[];
}

export const samplesPerCode = 5;
/** Codes come from the endpoint: a hostile one could invent a new one for each task. */
export const maxGroups = 50;
export const otherCode = "Other";

/** Groups failures by code while a chunk runs, in bounded memory. */
export function createErrorSummary(): { add(code: string, httpStatus: number, sample: ErrorSample): void; groups(): ErrorGroup[] } {
  const byCode = new Map<string, ErrorGroup>();
  return {
    add(rawCode, rawStatus, sample) {
      const known = byCode.has(`${rawCode} ${rawStatus}`) || byCode.size < maxGroups;
      const [code, httpStatus] = known ? [storableText(rawCode, 128), rawStatus] : [otherCode, 0];
      const name = `${code} ${httpStatus}`;
      let group = byCode.get(name);
      if (!group) {
        group = { code, httpStatus, count: 0, samples: [] };
        byCode.set(name, group);
      }
      group.count += 1;
      if (group.samples.length < samplesPerCode) group.samples.push(storableSample(sample));
    },
    groups: () => [...byCode.values()],
  };
}

const storableSample = ({ bucket, key, versionId, message }: ErrorSample): ErrorSample => ({
  bucket,
  key: storableText(key, 1_024),
  ...(versionId === undefined ? {} : { versionId: storableText(versionId, 1_024) }),
  message: storableText(message, 500),
});
