import type { S3Client } from "@aws-sdk/client-s3";
import type { z } from "zod";
import type { Need, StoreKind } from "../probe/capability.ts";
import type { FunctionCaller } from "./function-call.ts";

/** One object that a job works on: a row of its manifest. */
export interface Task {
  bucket: string;
  key: string;
  versionId?: string | undefined;
}

/**
 * An S3 request before it is addressed and signed. Header names are in lower case; values are already legal.
 * Whoever sends it adds Content-MD5 to a body. `query`, `headers` and `body` are the same objects for every task of a job
 * where nothing in them differs: what was worked out for one task is then kept for the next.
 */
export interface TaskRequest {
  method: "PUT" | "POST" | "DELETE" | "HEAD" | "GET";
  bucket: string;
  key: string;
  /** Sent as the parameter versionId. */
  versionId?: string | undefined;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Headers that differ from task to task; `names` is one array for all of them. */
  taskHeaders?: { names: readonly string[]; values: readonly string[] };
  body: string;
  /** Whoever sent it wants to read the answer. */
  wantsAnswer?: true;
  /** Sent once even when there is no patience left: what takes back what an earlier step began. */
  always?: true;
  /** The ARN of another role than the job's: it goes to that role's store, with its keys. */
  role?: string;
}

/** What S3 answered to a request that succeeded. */
export interface Answer {
  httpStatus: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What became of a task. `message` is for the report's ResultMessage; a task that succeeded needs none. */
export type TaskOutcome = { kind: "succeeded"; httpStatus: number; message?: string } | { kind: "failed"; httpStatus: number; code: string; message: string };

export type TaskFailed = Extract<TaskOutcome, { kind: "failed" }>;

/** Given to a task in place of the answer of a step that failed, with all its tries. A task that does not catch it fails with it. */
export class StepFailure extends Error {
  override name = "StepFailure";
  readonly outcome: TaskFailed;
  constructor(outcome: TaskFailed) {
    super(outcome.message);
    this.outcome = outcome;
  }
}

/**
 * Thrown by work that is to be tried again, as after an answer that asks for it. `away`: nobody answered; `ofSource`: it is the
 * job's own store that is in trouble, and not the one that the work is sent to.
 */
export class StepRetry extends Error {
  override name = "StepRetry";
  readonly verdict: { away: boolean; httpStatus: number; code: string; message: string };
  readonly ofSource: boolean;
  constructor(verdict: StepRetry["verdict"], ofSource = false) {
    super(verdict.message);
    this.verdict = verdict;
    this.ofSource = ofSource;
  }
}

/** What work may use: the clients go with the job's role, and try again by themselves. */
export interface WorkTools {
  s3: S3Client;
  functions: FunctionCaller;
  /**
   * Reads a body through, and holds no more of it than a piece.
   * @param known of the bytes before these ones; it stays as it is, for another try
   * @throws StepFailure, StepRetry
   */
  digest(source: Bytes, algorithms: readonly ChecksumAlgorithm[], known: Digest | null, signal: AbortSignal): Promise<Digest>;
  /** A checksum of these bytes, one after the other. */
  checksum(pieces: readonly Uint8Array[], algorithm: ChecksumAlgorithm): Promise<Uint8Array>;
  /**
   * Sends bytes of an object on as the body of a PUT, perhaps to another store, and sees that they arrive whole.
   * @throws StepFailure, StepRetry
   */
  carry(source: Bytes, request: TaskRequest, signal: AbortSignal): Promise<Answer>;
}

/** Bytes of an object as it was when its ETag was read. */
export interface Bytes extends Task {
  /** As S3 gave it. */
  etag: string;
  /** Of the first of them. */
  from: number;
  length: number;
  /** Whether they are the whole object. */
  whole: boolean;
  /** Its ETag is no MD5, whatever it looks like. */
  encrypted: boolean;
  /** Of the request that reads them. */
  headers?: Record<string, string>;
}

export type ChecksumAlgorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "MD5" | "SHA1" | "SHA256" | "SHA512" | "XXHASH64" | "XXHASH3" | "XXHASH128";

/** What was read so far. */
export interface Digest {
  /** Bytes in the order in which S3 writes them. */
  value(algorithm: ChecksumAlgorithm): Promise<Uint8Array>;
}

/** What is no single request, such as a body that is read through. It takes a place like a request to `bucket`. */
export interface Work {
  bucket: string;
  /**
   * Of work that asks somebody else than the connection: it takes a place there, so that neither is slowed down by the other's
   * trouble. Named like "function:host".
   */
  place?: string;
  /** As of a request. */
  role?: string;
  /** A bucket of the job's own store that is read meanwhile: the work takes a place there as well. */
  reads?: string;
  /**
   * @param signal its task is to end: whoever can gives up
   * @throws StepFailure, StepRetry, or the SDK's error, which is judged as an answer is
   */
  work(tools: WorkTools, signal: AbortSignal): Promise<Answer>;
  /** Whether whoever is asked answers at all, when this work alone gets no answer. Without it, S3 is asked for `bucket`. */
  answers?(tools: WorkTools): Promise<boolean>;
}

/** Several requests at once, of which each may fail alone: `settleAll` gives them their answers. */
export interface Settled {
  settled: readonly TaskRequest[];
}

/** One step of tasks that take more than one request, or several at once. */
export type Step = TaskRequest | Work | readonly (TaskRequest | Work)[] | Settled;

/** Takes steps and is given their answers, the answers of several at once as a list; ends with what became of each task. */
export type Steps<T> = Generator<Step, T, Answer & readonly Answer[]>;

/** How the tasks of a job are run. */
export type TaskRun =
  /** One request a task. `otherwise` may take over what S3 refused: null leaves the failure as it is. */
  | { compile(task: Task): TaskRequest; otherwise?(task: Task, failure: TaskFailed): Steps<TaskOutcome> | null }
  /** Up to `size` tasks of one bucket together, an outcome for each of them in their order. */
  | { size: number; steps(tasks: readonly Task[]): Steps<readonly TaskOutcome[]> };

/** What a task would change about its object, in words for the review and for a dry run: "Tags", "team = data". */
export interface Change {
  before: Attribute[];
  after: Attribute[];
  /** What is done besides, or nobody knows beforehand, as in "invoke the function f". */
  does?: string;
}
export interface Attribute {
  name: string;
  value: string;
}

/**
 * What harmless requests showed about one thing that tasks do: it is allowed, or refused; "not refused", where the store was asked about
 * an object that is not there; or it cannot be known without a change.
 */
export interface TrialResult {
  /** One finding is made of all results with the same: "Change tags in data". */
  right: string;
  verdict: "allowed" | "not refused" | "refused" | "unknown";
  /** A sentence: what the store said, and what to do. */
  message: string;
  /** Something that was begun could not be given up; the message says what. */
  leftBehind?: true;
}

/**
 * What a review says about a setting of a bucket that matters to the operation. Where Object Lock is an error to be off for the
 * objects' buckets, the preparation of a job looks at it as well.
 */
export interface BucketQuestion {
  bucket: "objects" | "destination";
  setting: "versioning" | "objectLock";
  /** Where it is on; null: nothing worth saying. */
  on(bucket: string): string | null;
  off(bucket: string): { state: "warning" | "error"; message: string };
}

/** What an operation may know of where it is to run, before it does. */
export interface Surroundings {
  connectionName: string;
  /** There is a place where Lambda functions are invoked. */
  hasLambda: boolean;
  /** @returns why a URL may not be called from here; null for one that may */
  mayCall(url: string): string | null;
}

/** What an operation may know of the job that it runs for. */
export interface JobContext {
  id: string;
  /** The endpoint is Amazon's own, which has calls that other stores lack. */
  amazon: boolean;
  now(): Date;
  /** In lower-case hex. */
  md5(bytes: Uint8Array): string;
  /** How objects that are copied in parts are cut. */
  sizes: CopySizes;
  /** Whether the store of another role is another connection's, where no request of the job's own role reaches. */
  crosses(roleArn: string): boolean;
}

/** Bytes. */
export interface CopySizes {
  /** What is sent to another store as a whole. */
  whole: number;
  /** A part, at least; S3's own minimum is 5 MiB. */
  part: number;
}

/** How a form asks for one parameter. `path` is dotted within the operation's parameters. */
export interface Field {
  path: string;
  label: string;
  help?: string;
  /** `lines` are texts, one on a line. */
  kind: "text" | "bucket" | "role" | "select" | "checkbox" | "datetime" | "number" | "tags" | "map" | "grants" | "lines";
  /** Of a map: keys that differ in case alone are two. */
  caseMatters?: true;
  /** Heading the field stands under; fields of one section are next to each other. */
  section?: string;
  required?: boolean;
  /** A time that has not come yet. */
  future?: true;
  placeholder?: string;
  options?: readonly { value: string; label: string }[];
  /** Of a bucket: where the role stands whose store it is in; the job's own where that is empty. */
  roleAt?: string;
  /** Shown only while the parameter at `path` has one of these values. */
  showWhen?: { path: string; in: readonly string[] };
}

/** A bucket that objects go to; `role` is the ARN of another role than the job's, whose store it is in. */
export interface Destination {
  bucket: string;
  role?: string;
}

export interface Permission {
  action: string;
  resource: string;
}

/** What operations are about, in the order in which a person chooses. */
export const operationGroups = ["Tags", "Copies", "Access and encryption", "Object Lock", "Archive and checksums", "Functions", "Delete"] as const;
export type OperationGroup = (typeof operationGroups)[number];

/** One entry of the registry: everything Longshore knows about an operation is in its file. */
export interface Operation<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** The member of AWS's JobOperation. */
  name: Name;
  title: string;
  summary: string;
  group: OperationGroup;
  /** AWS has no such operation: its clients cannot ask for it. */
  ours?: true;
  schema: Schema;
  fields: readonly Field[];
  /** What a new form starts from. */
  initial: unknown;
  /** A sentence for the reviewer, without the objects: "Replace all tags with team = data". */
  describe(params: z.infer<Schema>): string;
  /** What is lost or may surprise, for the reviewer; null when nothing is. */
  warning(params: z.infer<Schema>): string | null;
  /**
   * What nobody can ever undo, with whatever rights and backups of the store; null when there is nothing of the kind. The reviewer
   * of such a job types the number of its objects, and no job of this kind goes without a review.
   */
  irreversible(params: z.infer<Schema>): string | null;
  /** What the execution role needs on the objects of `bucket`. */
  permissions(params: z.infer<Schema>, bucket: string): Permission[];
  /**
   * What a store must do rightly before a job is let loose on it: what `run` sends for these parameters, without the versions' own
   * (withVersionId knows them). ObjectKeys goes without saying. A form asks too, so parameters may be missing.
   */
  needs?(params: z.infer<Schema>, store: StoreKind): readonly Need[];
  /** The same for a dry run: what `preview` reads. */
  previewNeeds?(params: z.infer<Schema>, store: StoreKind): readonly Need[];
  /** Buckets besides the objects' own that must exist. */
  destinations(params: z.infer<Schema>): Destination[];
  /** ARNs of the roles besides the job's own that requests go with. */
  otherRoles?(params: z.infer<Schema>): string[];
  /** Why it cannot run there, at the parameter's path, in words that say what to do; null where it can. */
  refusal?(params: z.infer<Schema>, where: Surroundings): { path: string; message: string } | null;
  /** What a person can do about tasks that failed, by code, where this operation's failures need words of their own. */
  advice?: Readonly<Record<string, string>>;
  /** What "succeeded" means where the store does its part later. */
  afterwards?(params: z.infer<Schema>): string;
  /** Called once per job and executor. */
  run(params: z.infer<Schema>, job: JobContext): TaskRun;
  /** Reads what a task would change, and changes nothing. */
  preview(params: z.infer<Schema>, job: JobContext): (task: Task) => Steps<Change>;
  /**
   * Asks S3, without changing anything, whether the role may do what a task does: by what must fail, or is given up at once.
   * Left out where a preview already shows all that can be known.
   */
  trial?(params: z.infer<Schema>, job: JobContext): (task: Task) => Steps<readonly TrialResult[]>;
  /** Settings of buckets that a review looks up. */
  bucketQuestions?(params: z.infer<Schema>): readonly BucketQuestion[];
}

/** Keeps the schema's type while checking the definition. */
export const defineOperation = <Name extends string, Schema extends z.ZodType>(operation: Operation<Name, Schema>) => operation;
