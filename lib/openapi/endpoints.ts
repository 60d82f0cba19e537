import { z } from "zod";
import { exportAuditSchema } from "../audit/export-audit.ts";
import { listAuditSchema } from "../audit/list-audit.ts";
import { accessKeySchema } from "../auth/access-keys/access-key-schema.ts";
import { headObjectQuery } from "../browse/head-object.ts";
import { listObjectsQuery } from "../browse/list-objects.ts";
import { previewManifestBody } from "../browse/preview-manifest.ts";
import { uploadManifestQuery } from "../browse/upload-manifest.ts";
import { policySchema } from "../confirmation/policy-schema.ts";
import {
  connectionSchema,
  connectionTestSchema,
  connectionUpdateSchema,
  roleSchema,
  roleTestSchema,
  roleUpdateSchema,
} from "../connections/connection-schema.ts";
import { webhookSecretSchema } from "../functions/webhook-secret-schema.ts";
import { changeJobsSchema, foreseeChangesSchema } from "../jobs/change-jobs.ts";
import { askAgainSchema, commentOnJobSchema, sendBackJobSchema } from "../jobs/conversation.ts";
import { exportJobsSchema } from "../jobs/export-jobs.ts";
import { groupJobsSchema } from "../jobs/group-jobs.ts";
import { createJobSchema } from "../jobs/job-schema.ts";
import { limitsSchema } from "../jobs/limits-schema.ts";
import { listJobIdsSchema } from "../jobs/list-job-ids.ts";
import { listJobsSchema } from "../jobs/list-jobs.ts";
import { ratesQuery } from "../jobs/measure-rates.ts";
import { repeatJobSchema } from "../jobs/repeat-job.ts";
import { cancelJobSchema, confirmJobSchema, updateJobPrioritySchema } from "../jobs/request-schemas.ts";
import { choicesSchema } from "../notifications/choices.ts";
import { feedSchema } from "../notifications/read-feed.ts";
import { webhookSchema, webhookUpdateSchema } from "../notifications/webhook-schemas.ts";
import { peopleEndpoints } from "../people/people-endpoints.ts";
import { exportReportSchema } from "../reports/export-report.ts";
import { linkReportFileSchema } from "../reports/link-report-file.ts";
import { readReportSchema } from "../reports/read-report.ts";
import { savedFilterSchema, savedFilterUpdateSchema } from "../saved-filters/saved-filter-schema.ts";

export interface Endpoint {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api`; parameters in braces. */
  path: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** What the answer is; the types are in the file that is named. */
  answer: string;
  /** Of a file; JSON otherwise. */
  contentType?: string;
  /** Whether it may be asked without a session. */
  open?: boolean;
}

const jobViews = (type: string) => `${type} of lib/jobs/job-views.ts`;
const browseViews = (type: string) => `${type} of lib/browse/browse-views.ts`;
const auditViews = (type: string) => `${type} of lib/audit/audit-views.ts`;
const notificationViews = (type: string) => `${type} of lib/notifications/notification-views.ts`;
const savedFilters = (type: string) => `${type} of lib/saved-filters/saved-filter-schema.ts`;
/** One parameter holds all of a list, with commas between; `tag` is repeated. */
const inAddress = (schema: z.ZodObject): z.ZodObject => {
  const list = z.string().optional();
  return schema.extend({ status: list, operation: list, creator: list, role: list, connection: list, tag: list, failures: list, dryRun: list });
};
const nothing = "An empty object";
const gone = "null";
const confirmationPolicy = "ConfirmationPolicyView of lib/confirmation/policy-views.ts";
const findings = "Findings: what was tried, and whether it worked";

/** Every endpoint of the JSON API, with the schema that its request is parsed by. */
export const endpoints: readonly Endpoint[] = [
  { method: "GET", path: "/home", summary: "What needs the caller, what runs and what has ended of late", answer: "Home of lib/home/home-views.ts" },
  {
    method: "GET",
    path: "/home/awaiting",
    summary: "How many jobs wait for the caller's confirmation, and how many of theirs were sent back",
    answer: "{awaiting, sentBack}: 100 for any more",
  },
  {
    method: "GET",
    path: "/jobs",
    summary: "List jobs",
    query: inAddress(listJobsSchema),
    answer: jobViews("JobList"),
  },
  {
    method: "GET",
    path: "/jobs/groups",
    summary: "Sum jobs up by description",
    query: inAddress(groupJobsSchema),
    answer: "JobGroups of lib/jobs/group-jobs.ts",
  },
  { method: "GET", path: "/jobs/facets", summary: "What jobs can be filtered by", answer: "JobFacets of lib/jobs/job-facets.ts" },
  { method: "GET", path: "/jobs/ids", summary: "The ids of the first 1,000 jobs that match", query: inAddress(listJobIdsSchema), answer: "{ids}" },
  {
    method: "GET",
    path: "/jobs/export",
    summary: "Download the jobs that match",
    query: inAddress(exportJobsSchema),
    answer: "A line for each",
    contentType: "text/csv",
  },
  {
    method: "POST",
    path: "/jobs/change-preview",
    summary: "What a change of many jobs would do",
    body: foreseeChangesSchema,
    answer: "ChangesForeseen of lib/jobs/job-actions.ts",
  },
  { method: "POST", path: "/jobs/change", summary: "Change many jobs", body: changeJobsSchema, answer: "ChangesMade of lib/jobs/job-actions.ts" },
  { method: "GET", path: "/saved-filters", summary: "List one's saved filters", answer: savedFilters("SavedFilterView[]") },
  { method: "POST", path: "/saved-filters", summary: "Save a filter", body: savedFilterSchema, answer: savedFilters("SavedFilterView") },
  {
    method: "PATCH",
    path: "/saved-filters/{savedFilterId}",
    summary: "Change a saved filter",
    body: savedFilterUpdateSchema,
    answer: savedFilters("SavedFilterView"),
  },
  { method: "DELETE", path: "/saved-filters/{savedFilterId}", summary: "Delete a saved filter", answer: gone },
  { method: "POST", path: "/jobs", summary: "Create a job", body: createJobSchema, answer: "{jobId}" },
  { method: "GET", path: "/jobs/{jobId}", summary: "Describe a job", answer: jobViews("JobDetails") },
  {
    method: "POST",
    path: "/jobs/{jobId}/confirm",
    summary: "Confirm what a job's review showed",
    body: confirmJobSchema,
    answer: "Confirmed of lib/confirmation/policy-views.ts",
  },
  { method: "DELETE", path: "/jobs/{jobId}/confirm", summary: "Take one's confirmation back while a second person's is waited for", answer: nothing },
  {
    method: "POST",
    path: "/jobs/{jobId}/send-back",
    summary: "Send a job that awaits confirmation back, with a reason",
    body: sendBackJobSchema,
    answer: nothing,
  },
  { method: "POST", path: "/jobs/{jobId}/ask-again", summary: "Ask for the confirmation of a job that was sent back", body: askAgainSchema, answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/comments", summary: "Comment on a job", body: commentOnJobSchema, answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/check", summary: "Check again what a job that awaits confirmation needs", answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/repeat", summary: "Make a dry run of a job, or the job of a dry run", body: repeatJobSchema, answer: "{jobId}" },
  { method: "POST", path: "/jobs/{jobId}/cancel", summary: "Cancel a job", body: cancelJobSchema, answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/priority", summary: "Change a job's priority", body: updateJobPrioritySchema, answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/pause", summary: "Pause a job", answer: nothing },
  { method: "POST", path: "/jobs/{jobId}/resume", summary: "Resume a paused job", answer: nothing },
  { method: "PUT", path: "/jobs/{jobId}/limits", summary: "Set a job's limits; null lifts one", body: limitsSchema, answer: nothing },
  { method: "GET", path: "/jobs/{jobId}/samples", summary: "How fast a job ran over time", answer: "JobSamples of lib/jobs/sample-views.ts" },
  {
    method: "GET",
    path: "/jobs/{jobId}/tail",
    summary: "Some of the tasks of a running job that ended last",
    answer: "JobTailView of lib/jobs/sample-views.ts",
  },
  {
    method: "GET",
    path: "/jobs/{jobId}/report",
    summary: "Read rows of a completion report",
    query: readReportSchema.omit({ jobId: true }),
    answer: "ReportPage of lib/reports/read-report.ts",
  },
  {
    method: "GET",
    path: "/jobs/{jobId}/report/file",
    summary: "Download a file of a completion report",
    query: z.object({ key: z.string().max(1024) }),
    answer: "The file as it lies in S3",
    contentType: "text/csv",
  },
  {
    method: "GET",
    path: "/jobs/{jobId}/report/rows",
    summary: "Download the rows of a completion report that match",
    query: exportReportSchema.omit({ jobId: true }),
    answer: "The rows, as far as the report can be read; a connection that breaks off where it cannot",
    contentType: "text/csv",
  },
  {
    method: "POST",
    path: "/jobs/{jobId}/report/link",
    summary: "Make a link to a file of a completion report that lasts for 15 minutes",
    body: linkReportFileSchema.omit({ jobId: true }),
    answer: "ReportFileLink of lib/reports/link-report-file.ts",
  },
  { method: "GET", path: "/connections", summary: "List connections", answer: "ConnectionView[] of lib/connections/connection-views.ts" },
  { method: "POST", path: "/connections", summary: "Create a connection", body: connectionSchema, answer: "ConnectionView, without the secret" },
  { method: "GET", path: "/connections/{connectionId}", summary: "Look a connection up", answer: "ConnectionView" },
  {
    method: "GET",
    path: "/connections/{connectionId}/probe",
    summary: "What a connection's store was found to do",
    answer: "ProbeView of lib/probe/probe-views.ts",
  },
  { method: "POST", path: "/connections/{connectionId}/probe", summary: "Probe a connection", answer: "ProbeView, of the run that waits or goes on" },
  {
    method: "GET",
    path: "/connections/{connectionId}/rates",
    summary: "How fast the last jobs of an operation have been on a connection",
    query: ratesQuery,
    answer: "MeasuredRates of lib/jobs/estimate-time.ts",
  },
  { method: "PATCH", path: "/connections/{connectionId}", summary: "Change a connection", body: connectionUpdateSchema, answer: "ConnectionView" },
  { method: "DELETE", path: "/connections/{connectionId}", summary: "Delete a connection", answer: gone },
  { method: "POST", path: "/connections/test", summary: "Test a connection before it is kept", body: connectionTestSchema, answer: findings },
  { method: "GET", path: "/connections/{connectionId}/buckets", summary: "List buckets", answer: browseViews("BucketList") },
  {
    method: "GET",
    path: "/connections/{connectionId}/objects",
    summary: "List folders and objects",
    query: listObjectsQuery,
    answer: browseViews("ObjectList"),
  },
  { method: "GET", path: "/connections/{connectionId}/object", summary: "Look an object up", query: headObjectQuery, answer: browseViews("ObjectHead") },
  {
    method: "POST",
    path: "/connections/{connectionId}/manifest-preview",
    summary: "Check the first rows of a manifest",
    body: previewManifestBody,
    answer: browseViews("ManifestPreview"),
  },
  {
    method: "POST",
    path: "/webhook-secret",
    summary: "Show the secret that a webhook's receiver checks signatures with",
    body: webhookSecretSchema,
    answer: "WebhookSecretView of lib/functions/webhook-secret-schema.ts",
  },
  {
    method: "POST",
    path: "/connections/{connectionId}/upload",
    summary: "Upload a CSV, as text/csv, to a key that has no object",
    query: uploadManifestQuery,
    answer: browseViews("UploadedManifest"),
  },
  { method: "GET", path: "/confirmation-policy", summary: "Who may confirm jobs, and how many have to", answer: confirmationPolicy },
  { method: "PUT", path: "/confirmation-policy", summary: "Change it, for every confirmation from then on", body: policySchema, answer: confirmationPolicy },
  { method: "GET", path: "/roles", summary: "List execution roles", answer: "RoleView[] of lib/connections/connection-views.ts" },
  {
    method: "GET",
    path: "/roles/passers",
    summary: "List whom an execution role may be kept to",
    answer: "PasserView[] of lib/connections/connection-views.ts",
  },
  { method: "POST", path: "/roles", summary: "Create an execution role", body: roleSchema, answer: "RoleView, without the secret" },
  { method: "PATCH", path: "/roles/{roleId}", summary: "Change an execution role", body: roleUpdateSchema, answer: "RoleView" },
  { method: "DELETE", path: "/roles/{roleId}", summary: "Delete an execution role", answer: gone },
  { method: "POST", path: "/roles/test", summary: "Test an execution role before it is kept", body: roleTestSchema, answer: findings },
  { method: "GET", path: "/access-keys", summary: "List access keys", answer: "AccessKeyView[] of lib/auth/access-keys/access-key-views.ts" },
  {
    method: "POST",
    path: "/access-keys",
    summary: "Create an access key",
    body: accessKeySchema,
    answer: "NewAccessKey: the only answer that holds the secret",
  },
  { method: "DELETE", path: "/access-keys/{accessKeyId}", summary: "Revoke an access key", answer: gone },
  {
    method: "GET",
    path: "/notifications/feed",
    summary: "What has happened that the caller's browser is to tell",
    query: feedSchema,
    answer: notificationViews("NotificationFeed"),
  },
  {
    method: "GET",
    path: "/notifications/settings",
    summary: "What the caller wants to be told, and how",
    answer: notificationViews("NotificationSettings"),
  },
  {
    method: "PUT",
    path: "/notifications/settings",
    summary: "Choose what to be told, and how",
    body: choicesSchema,
    answer: notificationViews("NotificationSettings"),
  },
  { method: "POST", path: "/notifications/test-mail", summary: "Send the caller a mail", answer: "{to}" },
  { method: "GET", path: "/webhooks", summary: "List the webhooks that are notified", answer: notificationViews("WebhookView[]") },
  {
    method: "POST",
    path: "/webhooks",
    summary: "Add a webhook",
    body: webhookSchema,
    answer: notificationViews("NewWebhook: the only answer that holds the secret"),
  },
  {
    method: "PATCH",
    path: "/webhooks/{webhookId}",
    summary: "Change or switch off a webhook",
    body: webhookUpdateSchema,
    answer: notificationViews("WebhookView"),
  },
  { method: "DELETE", path: "/webhooks/{webhookId}", summary: "Delete a webhook, and what is owed to it", answer: gone },
  {
    method: "POST",
    path: "/webhooks/{webhookId}/test",
    summary: "Send a webhook a message of no consequence",
    answer: "{failure}: why the receiver did not take it; null when it did",
  },
  { method: "GET", path: "/audit", summary: "Read the audit trail", query: listAuditSchema, answer: auditViews("AuditPage") },
  { method: "GET", path: "/audit/facets", summary: "Who the audit trail tells of", answer: auditViews("AuditFacets") },
  {
    method: "GET",
    path: "/audit/export",
    summary: "Download the entries of the audit trail that match",
    query: exportAuditSchema,
    answer: "A line for each: as CSV, or as JSON lines",
    contentType: "text/csv",
  },
  ...peopleEndpoints,
  { method: "GET", path: "/workers", summary: "List workers", answer: jobViews("WorkerView[]") },
  {
    method: "POST",
    path: "/auth/sign-in/email",
    summary: "Sign in; the answer sets the session's cookie",
    body: z.object({ email: z.email(), password: z.string().max(128) }),
    answer: "{user}: the person",
    open: true,
  },
  { method: "POST", path: "/auth/sign-out", summary: "Sign out", answer: "{success}", open: true },
  { method: "GET", path: "/openapi.json", summary: "This description", answer: "An OpenAPI 3.1 document", open: true },
];
