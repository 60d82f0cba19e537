/** What S3 keeps of an object beside its bytes, headers, tags and ACL. */
export interface Attributes {
  retention?: Retention | undefined;
  /** OFF is not the same as never set: S3 tells it. */
  legalHold?: "ON" | "OFF" | undefined;
  restore?: Restore | undefined;
  encryption?: Encryption | undefined;
  /** Of an object that was uploaded in parts. */
  parts?: PartAttributes[] | undefined;
  /** `PENDING`, `COMPLETED`, `FAILED` or `REPLICA`, as it is told: nothing is replicated here. */
  replicationStatus?: string | undefined;
}

export interface PartAttributes {
  number: number;
  size: number;
  /** In base64, by the object's own algorithm. */
  checksum?: string | undefined;
}

/** From the fastest. */
export const restoreTiers = ["Expedited", "Standard", "Bulk"] as const;
export type RestoreTier = (typeof restoreTiers)[number];

/** An archived object's way back: readable from `readyAt` to `expiresAt`, in milliseconds. */
export interface Restore {
  tier: RestoreTier;
  readyAt: number;
  expiresAt: number;
}

export const encryptionAlgorithms = ["AES256", "aws:kms", "aws:kms:dsse"] as const;

export interface Encryption {
  algorithm: (typeof encryptionAlgorithms)[number];
  /** The ARN of the KMS key. */
  keyId?: string | undefined;
  bucketKey?: boolean | undefined;
}

export interface Retention {
  mode: "GOVERNANCE" | "COMPLIANCE";
  /** Milliseconds since the epoch. */
  until: number;
}

/** What a bucket is set to do. */
export interface BucketSettings {
  /** Whose objects are, and whether they have ACLs; they have when it was never set. */
  ownership?: Ownership | undefined;
  objectLock?: ObjectLock | undefined;
  /** Of new objects that say nothing else. */
  encryption?: Encryption | undefined;
  cors?: CorsRule[] | undefined;
  replication?: { role: string; rules: ReplicationRule[] } | undefined;
}

/** What pages of other origins may do. */
export interface CorsRule {
  id: string | undefined;
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAgeSeconds: number | undefined;
}

type Switch = "Enabled" | "Disabled";

export interface ReplicationRule {
  id?: string | undefined;
  priority?: number | undefined;
  status: Switch;
  /** Of the first version of such rules, which had no filter. */
  prefix?: string | undefined;
  filter?: { prefix: string | undefined; tags: { key: string; value: string }[] } | undefined;
  /** The destination's ARN. */
  bucket: string;
  storageClass?: string | undefined;
  account?: string | undefined;
  deleteMarkers?: Switch | undefined;
  existingObjects?: Switch | undefined;
}

export const ownerships = ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"] as const;
export type Ownership = (typeof ownerships)[number];

/** Object Lock is on; new versions get the default, where there is one. */
export interface ObjectLock {
  byDefault?: { mode: Retention["mode"]; days: number } | { mode: Retention["mode"]; years: number } | undefined;
}

const none: Attributes = Object.freeze({});

/** Most objects have none, which needs no parser. */
export const readAttributes = (text: unknown): Attributes => (text === "{}" ? none : JSON.parse(String(text)));
