import type { Limits } from "../jobs/job-views.ts";
import type { ProbeSummary } from "../probe/probe-views.ts";

/** What the JSON API shows of connections and execution roles. No secret is ever among it. */

export interface ConnectionView {
  id: string;
  name: string;
  endpoint: string;
  region: string;
  addressing: "path" | "virtual";
  accessKeyId: string;
  workBucket: string;
  workPrefix: string;
  /** PEM: certificates to trust besides the system's own. */
  caCertificate: string | null;
  /** Where functions are invoked, beside a store that is not Amazon's. */
  lambdaEndpoint: string | null;
  /** What is in caCertificate. */
  certificates: CertificateView[];
  limits: Limits;
  /** Execution roles on it. */
  roles: number;
  probe: ProbeSummary;
}

export interface CertificateView {
  /** Its subject's common name, or what comes nearest. */
  name: string;
  /** ISO 8601. */
  expiresAt: string;
}

export interface RoleView {
  id: string;
  arn: string;
  /** Of a role that is assumed: the one that asks for it; empty for the connection's own. */
  accessKeyId: string;
  /** Null: the role has keys that last. */
  assumeRole: AssumeRoleView | null;
  connection: { id: string; name: string };
  /** Who may create jobs with it, besides administrators; null: whoever may create jobs. */
  passers: PasserView[] | null;
  /** Whether the caller may, as far as this list goes. */
  mayPass: boolean;
}

export interface PasserView {
  id: string;
  name: string;
  email: string;
}

export interface AssumeRoleView {
  roleArn: string;
  externalId: string | null;
  sessionSeconds: number;
  /** Null: where it usually is. */
  stsEndpoint: string | null;
}

export type Check = "endpoint" | "clock" | "role" | "credentials" | "workBucket" | "workArea";

/** One thing that a test looked at, and what to do about it. */
export interface Finding {
  check: Check;
  ok: "ok" | "warning" | "error";
  message: string;
}
