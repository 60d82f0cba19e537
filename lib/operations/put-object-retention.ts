import { z } from "zod";
import { lockAdvice, lockQuestion, putRetention, type Retention, readRetention, retentionWords } from "./object-lock.ts";
import { defineOperation } from "./operation.ts";
import { askForNobody } from "./trial.ts";

const retentionSchema = z
  .strictObject({
    Mode: z.enum(["COMPLIANCE", "GOVERNANCE"]).optional(),
    RetainUntilDate: z.iso.datetime({ offset: true, message: "must be a date and time" }).optional(),
  })
  .superRefine(({ Mode, RetainUntilDate }, check) => {
    if (Mode === undefined && RetainUntilDate !== undefined) check.addIssue({ code: "custom", path: ["Mode"], message: "A retention date needs a mode" });
    if (Mode !== undefined && RetainUntilDate === undefined)
      check.addIssue({ code: "custom", path: ["RetainUntilDate"], message: "A retention mode needs a date" });
  });

const schema = z
  .strictObject({ BypassGovernanceRetention: z.boolean().optional(), Retention: z.preprocess((retention) => retention ?? {}, retentionSchema) })
  .superRefine(({ BypassGovernanceRetention, Retention }, check) => {
    if (Retention.Mode !== undefined || Retention.RetainUntilDate !== undefined || BypassGovernanceRetention) return;
    const message = "Choose a mode. To remove GOVERNANCE retention, leave mode and date empty and bypass governance";
    check.addIssue({ code: "custom", path: ["Retention", "Mode"], message });
  });
type Params = z.infer<typeof schema>;

const wantedOf = ({ Retention: { Mode, RetainUntilDate } }: Params): Retention | null =>
  Mode === undefined || RetainUntilDate === undefined ? null : { mode: Mode, until: new Date(RetainUntilDate).toISOString() };

/** What S3 will say to it; null where it does it. A date that has passed holds nothing any more. */
function refusal(now: Retention | null, params: Params, nowMs: number): string | null {
  const wanted = wantedOf(params);
  if (now === null || Date.parse(now.until) <= nowMs) return null;
  const extended = wanted !== null && wanted.until >= now.until;
  if (now.mode === "COMPLIANCE") return extended && wanted.mode === "COMPLIANCE" ? null : "COMPLIANCE retention can only be extended";
  return params.BypassGovernanceRetention || extended ? null : "GOVERNANCE retention is shortened or removed with a bypass only";
}

export const putObjectRetention = defineOperation({
  name: "S3PutObjectRetention",
  title: "Object Lock retention",
  summary: "Keeps every object's version from being deleted until a date, or takes GOVERNANCE retention away.",
  group: "Object Lock",
  schema,
  fields: [
    {
      path: "Retention.Mode",
      label: "Retention mode",
      kind: "select",
      options: [
        { value: "GOVERNANCE", label: "GOVERNANCE: those with a special permission may lift it" },
        { value: "COMPLIANCE", label: "COMPLIANCE: nobody can ever lift it" },
      ],
      help: "Left empty, retention is removed.",
    },
    { path: "Retention.RetainUntilDate", label: "Retain until", kind: "datetime", future: true },
    {
      path: "BypassGovernanceRetention",
      label: "Bypass governance",
      kind: "checkbox",
      help: "Shortens or removes GOVERNANCE retention that an object has now. The role needs s3:BypassGovernanceRetention.",
    },
  ],
  initial: {},
  describe: (params) => {
    const wanted = wantedOf(params);
    if (wanted === null) return "Remove GOVERNANCE retention";
    return `Retain under ${retentionWords(wanted)}${params.BypassGovernanceRetention ? ", bypassing governance" : ""}`;
  },
  warning: (params) => {
    if (wantedOf(params) === null) return "Anybody who may delete the objects can do so afterwards.";
    return params.BypassGovernanceRetention ? "GOVERNANCE retention that an object has now is replaced, also by a shorter one." : null;
  },
  irreversible: (params) => {
    const wanted = wantedOf(params);
    return wanted?.mode === "COMPLIANCE"
      ? `COMPLIANCE retention can be extended only: nobody, not even the account's root user, can delete the objects' versions or shorten it before ${wanted.until.slice(0, 16).replace("T", " ")} UTC. The store goes on charging for them until then.`
      : null;
  },
  permissions: (params, bucket) => [
    ...["s3:PutObjectRetention", ...(params.BypassGovernanceRetention ? ["s3:BypassGovernanceRetention"] : [])].map((action) => ({
      action,
      resource: `arn:aws:s3:::${bucket}/*`,
    })),
    { action: "s3:GetBucketObjectLockConfiguration", resource: `arn:aws:s3:::${bucket}` },
  ],
  needs: ({ BypassGovernanceRetention }) => ["PutObjectRetention", ...(BypassGovernanceRetention ? ["BypassGovernanceRetention" as const] : [])],
  previewNeeds: () => ["GetObjectRetention"],
  destinations: () => [],
  advice: {
    ...lockAdvice,
    AccessDenied:
      "S3 refused it: COMPLIANCE retention can only be extended, GOVERNANCE retention is shortened with “Bypass governance” alone, and the role needs the permissions beside.",
    InvalidArgument: "The store does not accept the date: it has to be in the future.",
  },
  run: (params) => {
    const constant = putRetention(wantedOf(params), { bypassGovernance: params.BypassGovernanceRetention === true });
    return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
  },
  preview: (params, job) =>
    function* (task) {
      const now = yield* readRetention(task);
      const refused = refusal(now, params, job.now().getTime());
      return {
        before: [{ name: "Retention", value: retentionWords(now) }],
        after: [{ name: "Retention", value: refused === null ? retentionWords(wantedOf(params)) : `refused: ${refused}` }],
      };
    },
  trial: (params) =>
    function* (task) {
      const request = putRetention(wantedOf(params), { bypassGovernance: params.BypassGovernanceRetention === true });
      const right = { right: `Set retention in ${task.bucket}`, needs: `what the policy below lists for arn:aws:s3:::${task.bucket}/*` };
      return [yield* askForNobody(task, request, right)];
    },
  bucketQuestions: () => [lockQuestion],
});
