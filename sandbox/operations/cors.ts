import { readWhole } from "../body/open-payload.ts";
import { allow, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { CorsRule } from "../store/attributes.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { document, type Element, element, optional } from "../xml/write-xml.ts";

const MAX_RULES = 100;
const methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

const texts = (parent: XmlElement, name: string): string[] => parent.all(name).map((child) => child.text);

function readRule(rule: XmlElement): CorsRule {
  const read = {
    id: rule.textOf("ID"),
    origins: texts(rule, "AllowedOrigin"),
    methods: texts(rule, "AllowedMethod"),
    headers: texts(rule, "AllowedHeader"),
    exposed: texts(rule, "ExposeHeader"),
    maxAgeSeconds: rule.all("MaxAgeSeconds").length === 0 ? undefined : Number(rule.textOf("MaxAgeSeconds")),
  };
  if (read.origins.length === 0 || read.methods.length === 0 || Number.isNaN(read.maxAgeSeconds)) throw new S3Error("MalformedXML");
  const unknown = read.methods.find((method) => !methods.includes(method));
  if (unknown !== undefined) throw new S3Error("InvalidRequest", `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  return read;
}

export const putBucketCors: Operation = {
  name: "PutBucketCors",
  method: "PUT",
  on: "bucket",
  required: ["cors"],
  permissions: allow("s3:PutBucketCORS"),
  async run(call) {
    const rules = readXml(await readWhole(call.payload()), "CORSConfiguration").all("CORSRule");
    if (rules.length === 0 || rules.length > MAX_RULES) throw new S3Error("MalformedXML");
    const cors = rules.map(readRule);
    call.store.transaction(() => call.store.buckets.set(call.bucket, { cors }));
    return { status: 200 };
  },
};

const ruleElement = (rule: CorsRule): Element =>
  element(
    "CORSRule",
    optional("ID", rule.id),
    rule.headers.map((name) => element("AllowedHeader", name)),
    rule.methods.map((name) => element("AllowedMethod", name)),
    rule.origins.map((name) => element("AllowedOrigin", name)),
    rule.exposed.map((name) => element("ExposeHeader", name)),
    optional("MaxAgeSeconds", rule.maxAgeSeconds),
  );

export const getBucketCors: Operation = {
  name: "GetBucketCors",
  method: "GET",
  on: "bucket",
  required: ["cors"],
  permissions: allow("s3:GetBucketCORS"),
  run(call) {
    const { cors } = call.store.buckets.get(call.bucket).settings;
    if (!cors) throw new S3Error("NoSuchCORSConfiguration", undefined, { BucketName: call.bucket });
    return xmlReply(document("CORSConfiguration", cors.map(ruleElement)));
  },
};

export const deleteBucketCors: Operation = {
  name: "DeleteBucketCors",
  method: "DELETE",
  on: "bucket",
  required: ["cors"],
  permissions: allow("s3:PutBucketCORS"),
  run(call) {
    call.store.transaction(() => call.store.buckets.set(call.bucket, { cors: undefined }));
    return { status: 204 };
  },
};
