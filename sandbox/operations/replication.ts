import { readWhole } from "../body/open-payload.ts";
import { allow, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { ReplicationRule } from "../store/attributes.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { document, type Element, element, optional } from "../xml/write-xml.ts";

const MAX_RULES = 1000;

const malformed = () => new S3Error("MalformedXML");
const refuse = (message: string) => new S3Error("InvalidRequest", message);

const status = (parent: XmlElement, name: string): ReplicationRule["status"] => {
  const text = parent.one(name).textOf("Status");
  if (text !== "Enabled" && text !== "Disabled") throw malformed();
  return text;
};

function readFilter(rule: XmlElement): ReplicationRule["filter"] {
  const [filter] = rule.all("Filter");
  if (!filter) return undefined;
  // One condition stands alone, several stand in `And`; an empty filter may be no element at all.
  const conditions = filter.all("And")[0] ?? filter;
  const tags = conditions.all("Tag").map((tag) => ({ key: tag.one("Key").text, value: tag.one("Value").text }));
  return { prefix: conditions.textOf("Prefix"), tags };
}

function readRule(call: Call, rule: XmlElement): ReplicationRule {
  const enabled = rule.one("Status").text;
  if (enabled !== "Enabled" && enabled !== "Disabled") throw malformed();
  const destination = rule.one("Destination");
  const bucket = destination.one("Bucket").text;
  const name = /^arn:aws:s3:::([a-z0-9.-]+)$/.exec(bucket)?.[1];
  if (name === undefined) throw new S3Error("InvalidArgument", "Invalid bucket ARN.", { ArgumentName: "Bucket", ArgumentValue: bucket });
  const target = call.store.buckets.find(name);
  if (!target) throw refuse("Destination bucket must exist.");
  if (target.versioning !== "Enabled") throw refuse("Destination bucket must have versioning enabled.");
  const priority = rule.textOf("Priority");
  return {
    id: rule.textOf("ID"),
    priority: priority === undefined ? undefined : Number(priority),
    status: enabled,
    prefix: rule.textOf("Prefix"),
    filter: readFilter(rule),
    bucket,
    storageClass: destination.textOf("StorageClass"),
    account: destination.textOf("Account"),
    deleteMarkers: rule.all("DeleteMarkerReplication").length > 0 ? status(rule, "DeleteMarkerReplication") : undefined,
    existingObjects: rule.all("ExistingObjectReplication").length > 0 ? status(rule, "ExistingObjectReplication") : undefined,
  };
}

/** The rules are kept and given back; nothing is replicated. */
export const putBucketReplication: Operation = {
  name: "PutBucketReplication",
  method: "PUT",
  on: "bucket",
  required: ["replication"],
  permissions: allow("s3:PutReplicationConfiguration"),
  async run(call) {
    const configuration = readXml(await readWhole(call.payload()), "ReplicationConfiguration");
    const role = configuration.one("Role").text;
    const rules = configuration.all("Rule");
    if (rules.length === 0 || rules.length > MAX_RULES) throw malformed();
    if (call.store.buckets.get(call.bucket).versioning !== "Enabled")
      throw refuse("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    const replication = { role, rules: rules.map((rule) => readRule(call, rule)) };
    call.store.transaction(() => call.store.buckets.set(call.bucket, { replication }));
    return { status: 200 };
  },
};

function filterElement({ filter }: ReplicationRule): Element | undefined {
  if (!filter) return undefined;
  const tags = filter.tags.map((tag) => element("Tag", element("Key", tag.key), element("Value", tag.value)));
  const conditions = [optional("Prefix", filter.prefix), ...tags];
  return element("Filter", tags.length + (filter.prefix === undefined ? 0 : 1) > 1 ? element("And", conditions) : conditions);
}

const ruleElement = (rule: ReplicationRule): Element =>
  element(
    "Rule",
    optional("ID", rule.id),
    optional("Priority", rule.priority),
    element("Status", rule.status),
    optional("Prefix", rule.prefix),
    filterElement(rule),
    rule.existingObjects && element("ExistingObjectReplication", element("Status", rule.existingObjects)),
    rule.deleteMarkers && element("DeleteMarkerReplication", element("Status", rule.deleteMarkers)),
    element("Destination", element("Bucket", rule.bucket), optional("Account", rule.account), optional("StorageClass", rule.storageClass)),
  );

export const getBucketReplication: Operation = {
  name: "GetBucketReplication",
  method: "GET",
  on: "bucket",
  required: ["replication"],
  permissions: allow("s3:GetReplicationConfiguration"),
  run(call) {
    const { replication } = call.store.buckets.get(call.bucket).settings;
    if (!replication) throw new S3Error("ReplicationConfigurationNotFoundError", undefined, { BucketName: call.bucket });
    return xmlReply(document("ReplicationConfiguration", element("Role", replication.role), replication.rules.map(ruleElement)));
  },
};

export const deleteBucketReplication: Operation = {
  name: "DeleteBucketReplication",
  method: "DELETE",
  on: "bucket",
  required: ["replication"],
  permissions: allow("s3:PutReplicationConfiguration"),
  run(call) {
    call.store.transaction(() => call.store.buckets.set(call.bucket, { replication: undefined }));
    return { status: 204 };
  },
};
