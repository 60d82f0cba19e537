import fc from "fast-check";
import { z } from "zod";
import { canonicalRequest } from "../auth/access-keys/canonical-request.ts";
import { readClaim } from "../auth/access-keys/read-claim.ts";
import { SignatureError } from "../auth/access-keys/signature-error.ts";
import type { SignedRequest } from "../auth/access-keys/signed-request.ts";
import { demandFresh, demandSigned, isSignedWith } from "../auth/access-keys/verify-claim.ts";
import { AppError } from "../errors.ts";
import { toAppError } from "../http/errors.ts";
import { demandSameOrigin } from "../http/origin.ts";
import { demandStorableQuery, readJson } from "../http/read-json.ts";
import { safePath } from "../http/safe-path.ts";
import { filtersOf, whereJobs } from "../jobs/job-filters.ts";
import { createJobSchema } from "../jobs/job-schema.ts";
import { listJobsSchema } from "../jobs/list-jobs.ts";
import { mayReadMetrics } from "../metrics/may-read-metrics.ts";
import { endpoints } from "../openapi/endpoints.ts";
import { createRowMatcher, reportFilterSchema } from "../reports/match-row.ts";
import { parsePosition } from "../reports/scan-report.ts";
import { parseCreateJob } from "../s3-control/operations/create-job.ts";
import { keepTarget } from "../s3-control/request-target.ts";
import { routeOf } from "../s3-control/route.ts";
import { S3ControlError } from "../s3-control/s3-control-error.ts";
import { toS3ControlError } from "../s3-control/to-s3-control-error.ts";
import { anyText, fuzz, nearly, nearlyText, throwsOnly } from "./fuzz.ts";

/** Whatever it throws has an answer of its own; anything else would be a 500. */
function answers(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (toAppError(error) === undefined) throw error;
  }
}

const createJob = `<?xml version="1.0" encoding="UTF-8"?>
<CreateJobRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><ConfirmationRequired>true</ConfirmationRequired>
<Operation><S3PutObjectTagging><TagSet><member><Key>team</Key><Value>data</Value></member></TagSet></S3PutObjectTagging></Operation>
<Report><Enabled>false</Enabled></Report><ClientRequestToken>token</ClientRequestToken>
<Manifest><Spec><Format>S3BatchOperations_CSV_20180820</Format><Fields><member>Bucket</member><member>Key</member></Fields></Spec>
<Location><ObjectArn>arn:aws:s3:::m/list.csv</ObjectArn><ETag>60e460c9d1046e73f7dde5043ac3ae85</ETag></Location></Manifest>
<Description>tags</Description><Priority>10</Priority><RoleArn>arn:aws:iam::123456789012:role/r</RoleArn></CreateJobRequest>`;
const lambda = createJob.replace(
  /<S3PutObjectTagging>.*<\/S3PutObjectTagging>/s,
  "<LambdaInvoke><FunctionArn>arn:aws:lambda:eu-west-1:123456789012:function:f</FunctionArn><UserArguments><entry><key>a</key><value>b</value></entry></UserArguments></LambdaInvoke>",
);
fuzz(
  "S3 Control's XML",
  fc.oneof(
    nearly([createJob, lambda], 6),
    anyText(400).map((text) => Buffer.from(text)),
  ),
  (body) => {
    try {
      parseCreateJob(body);
    } catch (error) {
      if (toS3ControlError(error, undefined) === undefined) throw error;
    }
  },
  0.5,
);

fuzz(
  "S3 Control's targets",
  fc.tuple(
    fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "BREW"),
    fc.oneof(nearlyText(["/v20180820/jobs", "/v20180820/jobs/7/status?requestedJobStatus=Ready", "http://host/v20180820/jobs/7/tagging"]), anyText(100)),
  ),
  ([method, target]) =>
    throwsOnly([S3ControlError], () => {
      const request = { url: target, headers: {} as Record<string, string> };
      keepTarget(request);
      routeOf(method, (request.headers["x-longshore-target"] ?? target).split("?")[0] ?? "");
    }),
);

const bodies = endpoints.flatMap(({ method, path, body }) => (body instanceof z.ZodObject ? [{ name: `${method} ${path}`, body }] : []));
const odd = fc.oneof(
  anyText(60),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(anyText(10), { maxLength: 3 }),
);
/** Objects that have the fields of a body, with what should not be in them. */
const oddBody = fc.nat(bodies.length - 1).chain((index) => {
  const { body } = bodies[index] as (typeof bodies)[number];
  return fc.tuple(
    fc.constant(body),
    fc.record(Object.fromEntries([...Object.keys(body.shape), "__proto__x"].map((name) => [name, odd])), { requiredKeys: [] }),
  );
});
fuzz("JSON bodies of every request", oddBody, ([schema, value]) => answers(() => schema.parse(value)));

const job = JSON.stringify({
  Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", StorageClass: "STANDARD", MetadataDirective: "COPY" } },
  ManifestGenerator: {
    S3JobManifestGenerator: {
      SourceBucket: "arn:aws:s3:::data",
      EnableManifestOutput: false,
      Filter: { KeyNameConstraint: { MatchAnyPrefix: ["a/"] }, CreatedAfter: "2026-01-01T00:00:00Z" },
    },
  },
  Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "p" },
  Priority: 10,
  RoleArn: "arn:aws:iam::123456789012:role/r",
  ClientRequestToken: "t",
  Tags: [{ Key: "a", Value: "b" }],
});
fuzz(
  "JSON of a job",
  fc.oneof(
    nearly([job], 5),
    fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
    fc.nat(3_000).map((depth) => Buffer.from("[".repeat(depth))),
  ),
  async (bytes) => {
    const request = new Request("http://localhost/", { method: "POST", body: new Uint8Array(bytes) });
    const value = await readJson(request).catch((error: unknown) => {
      if (toAppError(error) === undefined) throw error;
      return null;
    });
    answers(() => createJobSchema.parse(value));
  },
  0.2,
);

const signature = "a".repeat(64);
const authorization = `AWS4-HMAC-SHA256 Credential=LSIAEXAMPLE/20261128/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`;
const presigned = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=LSIA%2F20261128%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261128T120000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
const now = new Date("2026-11-28T12:00:00Z");
const latin1 = (text: string) => Buffer.from(text).toString("latin1");

function verify(request: SignedRequest): void {
  throwsOnly([SignatureError], () => {
    const claim = readClaim(request);
    demandFresh(claim, now);
    demandSigned(request, claim);
    canonicalRequest(request, claim.signedHeaders, claim.payloadHash ?? "UNSIGNED-PAYLOAD");
    if (isSignedWith(request, claim, "the secret that nobody knows")) throw new Error("A signature that nobody made is taken");
  });
}
fuzz(
  "SigV4 headers",
  fc.tuple(nearlyText([authorization], 4), nearlyText(["20261128T120000Z", "Sat, 28 Nov 2026 12:00:00 GMT"], 2), nearlyText(["e".repeat(64), signature], 1)),
  ([header, date, hash]) =>
    verify({
      method: "GET",
      path: "/v20180820/jobs",
      query: "",
      headers: { host: "console", authorization: latin1(header), "x-amz-date": date, "x-amz-content-sha256": hash },
    }),
);
fuzz(
  "presigned queries",
  fc.tuple(nearlyText([presigned, `${presigned}&a=b&a=c`], 5), nearlyText(["/v20180820/jobs", "/v20180820/jobs/%C3%A9"], 2)),
  ([query, path]) => verify({ method: "GET", path: latin1(path), query: latin1(query), headers: { host: "console" } }),
);

const address = [
  "q=a&status=Failed,Active&tag=a%3Db&tag=c&from=2026-01-01T00:00:00Z&page=2&size=25&sort=createdAt&dir=desc",
  "connection=7a2f0000-0000-4000-8000-000000000000&failures=true&dryRun=0",
];
fuzz("filters of the job list in an address", fc.oneof(nearlyText(address), anyText(200)), (search) =>
  answers(() => {
    const url = new URL(`http://localhost/api/jobs?${search}`);
    demandStorableQuery(url);
    whereJobs("123456789012", listJobsSchema.parse(filtersOf(url.searchParams)));
  }),
);
fuzz(
  "filters and cursors of a report",
  fc.tuple(
    fc.oneof(nearlyText(["status=failed&code=NoSuchKey&http=404&prefix=a/&text=b"]), anyText(100)),
    fc.oneof(nearlyText(["0.0.0", "12.345678901234.99"]), anyText(64)),
  ),
  ([search, cursor]) => {
    answers(() => createRowMatcher(reportFilterSchema.parse(Object.fromEntries(new URLSearchParams(search))))("data,key,,failed,404,NoSuchKey,gone"));
    answers(() => {
      for (const number of Object.values(parsePosition(cursor))) if (!Number.isSafeInteger(number)) throw new Error("A position that is no number");
    });
  },
);

const own = "https://longshore.example.com";
const header = anyText(80).map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "").trim());
fuzz(
  "origin headers",
  fc.tuple(
    fc.oneof(nearlyText([own, "null", "http://127.0.0.1:3000"]), anyText(60)).map((text) => text.replace(/[^\x20-\x7e]/g, "").trim()),
    header,
    fc.boolean(),
  ),
  ([origin, host, known]) => {
    const headers = new Headers({ origin, host });
    throwsOnly([AppError], () => {
      demandSameOrigin(headers, known ? own : undefined);
      // What was let through is an origin of the console's own.
      const allowed = known ? [own] : ["http", "https"].map((scheme) => new URL(`${scheme}://${host}`).origin);
      if (!allowed.includes(new URL(origin).origin)) throw new Error(`${origin} is let through at ${host}`);
    });
  },
);
fuzz(
  "who may read metrics",
  fc.tuple(header, header, fc.constantFrom("127.0.0.1", "10.0.0.7", "::1", "::ffff:127.0.0.1", undefined)),
  ([host, bearer, remoteAddress]) => {
    if (mayReadMetrics({ remoteAddress, headers: { host, authorization: bearer }, token: "the token of the installation" }))
      throw new Error("Let in without the token");
    if (remoteAddress === "10.0.0.7" && mayReadMetrics({ remoteAddress, headers: { host }, token: undefined })) throw new Error("Let in from elsewhere");
  },
);
fuzz(
  "where signing in leads to",
  fc.oneof(nearlyText(["/jobs/1/review?tab=a#b", "//evil.example", "/\\evil.example", "https://evil.example/"]), anyText(80)),
  (wanted) => {
    const base = "https://console.example";
    const leads = new URL(safePath(wanted), base);
    if (leads.origin !== base || leads.pathname.startsWith("//") || !safePath(wanted).startsWith("/")) throw new Error(`${wanted} leads to ${leads.href}`);
  },
);
