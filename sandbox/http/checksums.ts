import { createHash } from "node:crypto";
import { type ChecksumAlgorithm, createChecksum, isChecksumAlgorithm } from "../body/checksums.ts";
import type { GivenChecksum } from "../body/open-payload.ts";
import { S3Error } from "../s3-error.ts";
import type { Segment } from "../store/bodies.ts";
import type { DeclaredChecksum } from "../store/uploads.ts";
import { type Element, element } from "../xml/write-xml.ts";
import type { Call } from "./operation.ts";

export type ChecksumType = NonNullable<GivenChecksum["type"]>;

export const typeOf = (checksum: GivenChecksum): ChecksumType => checksum.type ?? "FULL_OBJECT";

export const checksumHeaders = (checksum: GivenChecksum | undefined): Record<string, string> =>
  checksum ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, "x-amz-checksum-type": typeOf(checksum) } : {};

const elementName = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm.toUpperCase()}`;

export const checksumElement = ({ algorithm, value }: Pick<GivenChecksum, "algorithm" | "value">): Element => element(elementName(algorithm), value);

export const checksumElements = (checksum: GivenChecksum | undefined): Element[] =>
  checksum ? [checksumElement(checksum), element("ChecksumType", typeOf(checksum))] : [];

/** `x-amz-checksum-algorithm` @throws S3Error InvalidRequest */
export function algorithmOf(headers: ReadonlyMap<string, string>): ChecksumAlgorithm | undefined {
  const name = headers.get("x-amz-checksum-algorithm")?.toLowerCase();
  if (name === undefined) return undefined;
  if (!isChecksumAlgorithm(name))
    throw new S3Error(
      "InvalidRequest",
      `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]`,
    );
  return name;
}

const linear: readonly ChecksumAlgorithm[] = ["crc32", "crc32c", "crc64nvme"];

/** Only a CRC can be joined from its parts, and CRC-64 is joined always. @throws S3Error InvalidRequest */
export function declaredChecksum(headers: ReadonlyMap<string, string>): DeclaredChecksum | undefined {
  const algorithm = algorithmOf(headers);
  if (!algorithm) return undefined;
  const type = headers.get("x-amz-checksum-type")?.toUpperCase() ?? (algorithm === "crc64nvme" ? "FULL_OBJECT" : "COMPOSITE");
  const possible = type === "COMPOSITE" ? algorithm !== "crc64nvme" : type === "FULL_OBJECT" && linear.includes(algorithm);
  if (!possible) throw new S3Error("InvalidRequest", `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
  return { algorithm, type: type as ChecksumType };
}

/** The MD5 of what a chain of segments holds, and another checksum where one is asked for. */
export async function digestSegments(
  call: Call,
  segments: readonly Segment[],
  algorithm?: ChecksumAlgorithm,
): Promise<{ md5: string; checksum: GivenChecksum | undefined }> {
  const md5 = createHash("md5");
  const sum = algorithm && (await createChecksum(algorithm));
  const body = call.store.bodies.read(segments);
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    md5.update(chunk);
    sum?.update(chunk);
  }
  return { md5: md5.digest("hex"), checksum: algorithm && sum && { algorithm, value: sum.digest() } };
}

/** The checksum of the parts' checksums. */
export async function compositeChecksum(algorithm: ChecksumAlgorithm, values: readonly string[]): Promise<GivenChecksum> {
  const sum = await createChecksum(algorithm);
  for (const value of values) sum.update(Buffer.from(value, "base64"));
  return { algorithm, value: `${sum.digest()}-${values.length}`, type: "COMPOSITE" };
}
