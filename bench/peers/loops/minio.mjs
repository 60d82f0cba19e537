import { Client } from "minio";
import { sourceBucket, targetBucket } from "../../stub/nginx-config.ts";
import { load, measuredLoop } from "./measured-loop.mjs";

const { hostname, port } = new URL(load.endpoint);
const client = new Client({
  endPoint: hostname,
  port: Number(port),
  useSSL: false,
  region: "us-east-1",
  accessKey: load.accessKeyId,
  secretKey: load.secretAccessKey,
});
const send = {
  tagging: (key) => client.setObjectTagging(sourceBucket, key, { team: "data" }),
  copy: (key) => client.copyObject(targetBucket, key, `/${sourceBucket}/${key}`),
};
await measuredLoop(send[load.operation]);
