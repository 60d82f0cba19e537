import type { FindingState, Preflight, PreflightFinding, SampledObject } from "./preflight.ts";

/**
 * What a sample says about all objects.
 * @param reads whether the job itself reads what a preview reads: if not, what the role may not see keeps no task from its work
 */
export function judgeObjects(samples: readonly SampledObject[], reads: boolean): PreflightFinding[] {
  if (samples.length === 0) return [{ check: "objects", state: "unknown", message: "No object could be looked at." }];
  const failures = samples.flatMap(({ failure, task }) => (failure ? [{ ...failure, task }] : []));
  const seen = samples.length - failures.length;
  const all = samples.length === 1 ? "The one object that was looked at" : `All ${samples.length} objects that were looked at`;
  if (failures.length === 0) return [{ check: "objects", state: "ok", message: `${all} can be read.` }];
  const groups = new Map<string, typeof failures>();
  for (const failure of failures) groups.set(kindOf(failure), [...(groups.get(kindOf(failure)) ?? []), failure]);
  return [...groups.values()].map((group): PreflightFinding => {
    const [first] = group as [(typeof failures)[number]];
    const whole = group.length === samples.length;
    const some = whole ? all : `${group.length} of ${samples.length} objects that were looked at`;
    const example = `s3://${first.task.bucket}/${first.task.key}`;
    const said = `${first.httpStatus || "no answer"} ${first.code}`;
    // What only the review reads may stay hidden from the role.
    const state: FindingState = whole && seen === 0 ? "error" : "warning";
    switch (kindOf(first)) {
      case "missing":
        return { check: "objects", state, message: `${some} cannot be found (${said}), such as ${example}. Their tasks would fail: check the manifest.` };
      case "denied":
        return reads
          ? { check: "objects", state, message: `${some} may not be read by the role (${said}), such as ${example}. Give it the policy below.` }
          : {
              check: "objects",
              state: "unknown",
              message: `The role may not see what ${group.length === 1 ? "one object has" : `${group.length} objects have`} now (${said}). The job does not need it, but the review cannot show it.`,
            };
      case "away":
        return {
          check: "objects",
          state: "unknown",
          message: `The store did not answer for ${group.length} of ${samples.length} objects (${said}). Check again.`,
        };
      default:
        return { check: "objects", state, message: `${some} cannot be worked on (${said}: ${first.message}), such as ${example}.` };
    }
  });
}

type Kind = "missing" | "denied" | "away" | "other";

function kindOf({ httpStatus }: { httpStatus: number }): Kind {
  if (httpStatus === 404) return "missing";
  if (httpStatus === 401 || httpStatus === 403) return "denied";
  if (httpStatus === 0 || httpStatus === 429 || (httpStatus >= 500 && httpStatus !== 501)) return "away";
  return "other";
}

/**
 * The size of all objects.
 * @param listed from the list of them, where it tells
 * @param rows how many objects there are
 */
export function judgeBytes(samples: readonly Pick<SampledObject, "bytes">[], listed: number | null, rows: number): Preflight["bytes"] {
  if (listed !== null) return { total: listed, about: false };
  const known = samples.flatMap(({ bytes }) => bytes ?? []);
  if (known.length === 0) return null;
  const sum = known.reduce((total, bytes) => total + bytes, 0);
  return known.length === rows ? { total: sum, about: false } : { total: Math.round((sum / known.length) * rows), about: true };
}
