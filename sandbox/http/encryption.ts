import { S3Error } from "../s3-error.ts";
import { type Encryption, encryptionAlgorithms } from "../store/attributes.ts";
import type { Call } from "./operation.ts";

const ALGORITHM = "x-amz-server-side-encryption";
const KEY = "x-amz-server-side-encryption-aws-kms-key-id";
const BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";

/** The key that S3 makes for an account where none is named. */
const DEFAULT_KEY = "5a3db0c0-0000-4000-8000-000000000000";

const arn = (call: Call, resource: string): string => `arn:aws:kms:${call.region}:${call.owner.id}:${resource}`;

export const isKeyArn = (text: string): boolean => /^arn:[\w-]+:kms:[\w-]*:\d{12}:(key|alias)\/[\w/-]+$/.test(text);

/** A KMS key by its ARN, as S3 tells it, whether it was named by ARN, id or alias. @throws S3Error KMS.NotFoundException */
export function keyArn(call: Call, name: string | undefined): string {
  if (name === undefined || name === "") return arn(call, `key/${DEFAULT_KEY}`);
  if (isKeyArn(name)) return name;
  if (/^alias\/[\w/-]+$/.test(name)) return arn(call, name);
  if (/^[\w-]+$/.test(name)) return arn(call, `key/${name}`);
  throw new S3Error("KMS.NotFoundException", `Invalid keyId '${name}'`);
}

export const isKms = (algorithm: string): boolean => algorithm !== "AES256";

/** @throws the error that `unknown` makes */
export function readAlgorithm(text: string, unknown: () => S3Error): Encryption["algorithm"] {
  const algorithm = encryptionAlgorithms.find((name) => name === text);
  if (!algorithm) throw unknown();
  return algorithm;
}

/** The encryption of a new object: by the headers, else the bucket's default. Nothing is encrypted in truth. @throws S3Error InvalidArgument */
export function newEncryption(call: Call): Encryption {
  const { headers } = call;
  const [asked, key, bucketKey] = [headers.get(ALGORITHM), headers.get(KEY), headers.get(BUCKET_KEY)];
  const invalid = (message: string) => new S3Error("InvalidArgument", message, { ArgumentName: ALGORITHM, ArgumentValue: asked ?? "null" });
  const byDefault = call.store.buckets.get(call.bucket).settings.encryption;
  const algorithm = asked === undefined ? byDefault?.algorithm : readAlgorithm(asked, () => invalid("The encryption method specified is not supported"));
  if (key !== undefined && (asked === undefined || !isKms(asked)))
    throw invalid("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms");
  if (algorithm === undefined || !isKms(algorithm)) return { algorithm: "AES256" };
  const keyId = keyArn(call, key ?? (algorithm === byDefault?.algorithm ? byDefault.keyId : undefined));
  const usesBucketKey = algorithm === "aws:kms" && (bucketKey === undefined ? byDefault?.bucketKey === true : bucketKey.toLowerCase() === "true");
  return { algorithm, keyId, ...(usesBucketKey && { bucketKey: true }) };
}

/** What answers tell of an object's encryption. */
export function encryptionHeaders(encryption: Encryption | undefined): Record<string, string> {
  if (!encryption) return {};
  const { algorithm, keyId, bucketKey } = encryption;
  return { [ALGORITHM]: algorithm, ...(keyId && { [KEY]: keyId }), ...(bucketKey && { [BUCKET_KEY]: "true" }) };
}
