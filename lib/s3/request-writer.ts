import type { TaskRequest } from "../operations/operation.ts";
import { addressOf, type BucketAddress } from "./address.ts";
import type { S3Target } from "./connect-s3.ts";
import type { HttpRequest } from "./connections.ts";
import { createSigner } from "./sign.ts";

/** Writes the requests of one job's tasks as they go over the wire; what stays the same from task to task is made once. */
export interface RequestWriter {
  addressIn(bucket: string): BucketAddress;
  /** @param now in ms, which the signature is of */
  write(request: TaskRequest, address: BucketAddress, now: number): HttpRequest;
}

export function createRequestWriter(target: S3Target): RequestWriter {
  const sign = createSigner(target.region, target);
  const addresses = new Map<string, BucketAddress>();
  let body = "";
  let bodySent = "";
  /** A body as it is sent, a byte a character; the one before is kept, since most tasks of a job have the same. */
  const sentOf = (text: string): string => {
    if (text !== body) {
      body = text;
      bodySent = Buffer.from(text).toString("latin1");
    }
    return bodySent;
  };
  return {
    addressIn(bucket) {
      let address = addresses.get(bucket);
      if (!address) {
        address = addressOf(target, bucket);
        addresses.set(bucket, address);
      }
      return address;
    },
    write(request, address, now) {
      const { path, headers } = sign(request, address, now);
      return {
        text: `${request.method} ${path} HTTP/1.1\r\n${headers}\r\n${sentOf(request.body)}`,
        noBody: request.method === "HEAD",
        wantsHeaders: request.wantsAnswer === true,
      };
    },
  };
}
