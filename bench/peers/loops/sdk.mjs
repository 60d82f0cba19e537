import { CopyObjectCommand, PutObjectTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { sourceBucket, targetBucket } from "../../stub/nginx-config.ts";
import { load, measuredLoop } from "./measured-loop.mjs";

const { endpoint, accessKeyId, secretAccessKey } = load;
const s3 = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
const send = {
  tagging: (Key) => s3.send(new PutObjectTaggingCommand({ Bucket: sourceBucket, Key, Tagging: { TagSet: [{ Key: "team", Value: "data" }] } })),
  copy: (Key) => s3.send(new CopyObjectCommand({ Bucket: targetBucket, Key, CopySource: `${sourceBucket}/${Key}` })),
};
await measuredLoop(send[load.operation]);
s3.destroy();
