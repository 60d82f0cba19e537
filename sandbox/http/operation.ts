import type { Readable } from "node:stream";
import { mayDo, type Permission, type SandboxUser } from "../auth/authorize.ts";
import type { Payload, PayloadOptions } from "../body/open-payload.ts";
import { S3Error } from "../s3-error.ts";
import type { RestoreTier } from "../store/attributes.ts";
import type { Store } from "../store/open-store.ts";
import type { S3Request } from "./parse-request.ts";

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer | Readable;
}

/** How this server differs from others. */
export interface ServerSettings {
  /** The most bytes that one PutObject or CopyObject takes. */
  maxSingleBytes: number;
  /** The fewest bytes of each part but the last. */
  minPartBytes: number;
  /** How long a restore takes, in milliseconds. */
  restoreMs: Readonly<Record<RestoreTier, number>>;
  /** Whether it knows UpdateObjectEncryption. */
  updateObjectEncryption: boolean;
}

/** One request that has been authenticated. */
export interface Call extends S3Request {
  store: Store;
  user: SandboxUser;
  /** The account that owns everything here. */
  owner: { id: string; name: string };
  region: string;
  /** By the sandbox's clock, in milliseconds. */
  now: number;
  settings: ServerSettings;
  /** Opens the body; once. */
  payload: (options?: PayloadOptions) => Payload;
}

/** An S3 operation: how to tell its requests, what they may say, and what it does. */
export interface Operation {
  name: string;
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  on: "service" | "bucket" | "object";
  /** Query parameters that a request must have to mean this operation. */
  required?: readonly string[];
  /** A header with the same meaning. */
  header?: string;
  /** Further parameters it understands; any other one is answered with NotImplemented. */
  accepts?: readonly string[];
  permissions: (call: Call) => Permission[];
  run: (call: Call) => Reply | Promise<Reply>;
}

export const xmlReply = (body: string, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml", ...headers },
  body,
});

/** The permission for the object that is called upon, or for the bucket. */
export const permissionFor = (call: Call, action: string): Permission => ({ action, bucket: call.bucket, key: call.key });

/** Permissions that each request of an operation needs. */
export const allow =
  (...actions: string[]) =>
  (call: Call): Permission[] =>
    actions.map((action) => permissionFor(call, action));

/** `s3:GetObjectAcl`, or `s3:GetObjectVersionAcl` when a version is named, by the name of each. */
export const allowVersion =
  (action: string, versionAction: string) =>
  (call: Call): Permission[] => [permissionFor(call, call.query.has("versionId") ? versionAction : action)];

/** Whether the caller may do something more than what the request needs. */
export const may = (call: Call, action: string): boolean => mayDo(call.user, permissionFor(call, action));

/** A whole number in the query, or `fallback`. @throws S3Error InvalidArgument */
export function queryNumber(call: Call, name: string, fallback: number, max = 2_147_483_647): number {
  const text = call.query.get(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,10}$/.test(text) || Number(text) > max)
    throw new S3Error("InvalidArgument", `Argument ${name} must be an integer between 0 and ${max}`, { ArgumentName: name, ArgumentValue: text });
  return Number(text);
}
