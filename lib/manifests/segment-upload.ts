import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

/** S3's least is 5 MiB for all parts but the last. */
export const partBytes = 16 * 1024 * 1024;

export interface SegmentUpload {
  /** Copies the bytes; waits while the part before is still on its way. */
  write(bytes: Buffer): Promise<void>;
  /** @returns the object's ETag as S3 gave it, for an If-Match */
  finish(): Promise<string>;
  /** Leaves no unfinished upload where S3 can be reached; never throws. */
  abort(): Promise<void>;
}

/** Two buffers for one upload after the other: one is filled while the other is sent, so memory is the same for any length. */
export function createPartBuffers(): [Buffer, Buffer] {
  return [Buffer.allocUnsafeSlow(partBytes), Buffer.allocUnsafeSlow(partBytes)];
}

/**
 * An object of unknown length: one PutObject when it is small, multipart when not. No checksum but the signature's own.
 * @param options `onlyNew`: refused with 412 where there is an object already, by a store that knows the condition
 */
export function openSegment(s3: S3Client, bucket: string, key: string, buffers: [Buffer, Buffer], { onlyNew = false } = {}): SegmentUpload {
  const condition = onlyNew ? { IfNoneMatch: "*" } : {};
  const parts: CompletedPart[] = [];
  let [filling, spare] = buffers;
  let begun = false;
  let filled = 0;
  let uploadId: string | undefined;
  let sending: Promise<void> = Promise.resolve();

  const sendPart = async (Body: Buffer) => {
    if (uploadId === undefined) {
      uploadId = (await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: "text/csv" }))).UploadId;
    }
    const PartNumber = parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber, Body }));
    parts.push({ PartNumber, ETag });
  };
  const startPart = async () => {
    await sending;
    const body = filling.subarray(0, filled);
    [filling, spare] = [spare, filling];
    begun = true;
    filled = 0;
    sending = sendPart(body);
    // Whoever waits for it next learns of its failure.
    sending.catch(() => undefined);
  };

  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        if (filled === partBytes) await startPart();
        const count = bytes.copy(filling, filled, from);
        filled += count;
        from += count;
      }
    },
    async finish() {
      if (!begun) {
        const { ETag } = await s3.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: filling.subarray(0, filled), ContentType: "text/csv", ...condition }),
        );
        return ETag ?? "";
      }
      if (filled > 0) await startPart();
      await sending;
      const { ETag } = await s3.send(
        new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts: parts }, ...condition }),
      );
      return ETag ?? "";
    },
    async abort() {
      await sending.catch(() => undefined);
      if (uploadId === undefined) return;
      await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })).catch(() => undefined);
    },
  };
}
