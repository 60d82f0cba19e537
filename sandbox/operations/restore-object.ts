import { readWhole } from "../body/open-payload.ts";
import { restoreState } from "../http/archive.ts";
import { calledVersion } from "../http/find-version.ts";
import { allow, type Operation } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import { type RestoreTier, restoreTiers } from "../store/attributes.ts";
import { readXml } from "../xml/read-xml.ts";

const DAY = 86_400_000;

interface Request {
  days: number;
  tier: RestoreTier;
}

/** @throws S3Error MalformedXML, InvalidArgument, NotImplemented */
function readRequest(body: Buffer): Request {
  const request = readXml(body, "RestoreRequest");
  if (request.textOf("Type") !== undefined || request.all("OutputLocation").length > 0) throw new S3Error("NotImplemented");
  const name = request.all("GlacierJobParameters")[0]?.one("Tier").text ?? request.textOf("Tier") ?? "Standard";
  const tier = restoreTiers.find((candidate) => candidate === name);
  const days = request.textOf("Days");
  if (!tier || days === undefined || !/^-?\d{1,9}$/.test(days.trim())) throw new S3Error("MalformedXML");
  if (Number(days) < 1) throw new S3Error("InvalidArgument", "restoration days should be at least 1", { ArgumentName: "Days", ArgumentValue: days });
  return { days: Number(days), tier };
}

/** S3 keeps what it restored until the midnight after the days are over. */
const expiry = (from: number, days: number): number => (Math.floor(from / DAY) + days + 1) * DAY;

export const restoreObject: Operation = {
  name: "RestoreObject",
  method: "POST",
  on: "object",
  required: ["restore"],
  accepts: ["versionId"],
  permissions: allow("s3:RestoreObject"),
  async run(call) {
    const { days, tier } = readRequest(await readWhole(call.payload()));
    const version = calledVersion(call);
    const { restore } = version.attributes;
    const state = restoreState(call, version);
    if (state === "never archived")
      throw new S3Error("InvalidObjectState", "Restore is not allowed for the object's current storage class", { StorageClass: version.storageClass });
    if (tier === "Expedited" && version.storageClass === "DEEP_ARCHIVE")
      throw new S3Error("InvalidArgument", "Retrieval option is not supported by this storage class", { ArgumentName: "Tier", ArgumentValue: tier });
    // Only a faster tier may be asked for while it goes on.
    if (state === "ongoing" && restore && restoreTiers.indexOf(tier) >= restoreTiers.indexOf(restore.tier)) throw new S3Error("RestoreAlreadyInProgress");
    const readyAt = state === "restored" && restore ? restore.readyAt : call.now + call.settings.restoreMs[tier];
    const expiresAt = expiry(Math.max(readyAt, call.now), days);
    call.store.transaction(() => call.store.versions.setAttributes(version, { restore: { tier, readyAt, expiresAt } }));
    return { status: state === "restored" ? 200 : 202 };
  },
};
