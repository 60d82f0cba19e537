import { decodeListed } from "../../browse/decode-listed.ts";
import { childrenOf, textOf } from "../../operations/read-answer.ts";
import { demandDocument } from "../answers.ts";
import type { Lab } from "../lab.ts";
import { noVersions, trial } from "../trial.ts";
import { ignored, untried } from "../verdict.ts";

const maxPages = 20;

interface Page {
  keys: string[];
  more: boolean;
  token: string;
}

async function listPage(lab: Lab, query: Record<string, string>): Promise<Page> {
  const asked = { "list-type": "2", prefix: lab.keyOf("listed/"), "encoding-type": "url", "max-keys": "3", ...query };
  const page = demandDocument(await lab.send({ method: "GET", key: "", query: asked }), "ListBucketResult");
  const decode = textOf(page.EncodingType) === "url" ? decodeListed : (text: string) => text;
  return {
    keys: childrenOf(page, "Contents").map((object) => decode(textOf(object.Key))),
    more: textOf(page.IsTruncated) === "true",
    token: textOf(page.NextContinuationToken),
  };
}

export const listObjects = trial("ListObjects", async (lab) => {
  const written: string[] = [];
  for (const name of ["a", "b", "c c", "d+", "e%", "f", "\u00fc"]) written.push((await lab.put(`listed/${name}`)).key);
  const seen: string[] = [];
  let token = "";
  for (let pages = 1; ; pages += 1) {
    const page = await listPage(lab, token === "" ? {} : { "continuation-token": token });
    if (page.keys.length > 3) throw ignored("A list has more keys on a page than it was asked for.");
    seen.push(...page.keys);
    if (!page.more) break;
    if (page.token === "") throw ignored("A list says that there is more, and does not say how to go on.");
    if (page.token === token || pages === maxPages) throw ignored("A list goes on for ever: its pages begin again.");
    token = page.token;
  }
  if (new Set(seen).size !== seen.length) throw ignored("A list gives some keys twice.");
  const missing = written.filter((key) => !seen.includes(key)).length;
  if (missing > 0) throw ignored(`A list leaves out ${missing} of ${written.length} objects, and does not say so.`);
  if (seen.length > written.length) throw ignored("A list gives keys that are not below the prefix that it was asked for.");
  // Large buckets are listed from several keys on at once.
  const after = await listPage(lab, { "start-after": written[3] as string, "max-keys": "1000" });
  if (after.keys.join("\n") !== written.slice(4).join("\n")) throw ignored("A list does not begin after the key that it was asked to.");
});

export const listObjectVersions = trial("ListObjectVersions", async (lab) => {
  if (!lab.versioned) throw untried(noVersions);
  const first = await lab.put("listed/object", { body: "the first version" });
  lab.keepVersion(first);
  const second = await lab.put("listed/object", { body: "the second one" });
  const seen: string[] = [];
  let marks: Record<string, string> = {};
  for (let pages = 1; ; pages += 1) {
    const query = { versions: "", prefix: lab.keyOf("listed/"), "max-keys": "1", ...marks };
    const page = demandDocument(await lab.send({ method: "GET", key: "", query }), "ListVersionsResult");
    seen.push(...childrenOf(page, "Version").map((version) => textOf(version.VersionId)));
    if (textOf(page.IsTruncated) !== "true") break;
    if (pages === maxPages) throw ignored("A list of versions goes on for ever.");
    marks = { "key-marker": textOf(page.NextKeyMarker), "version-id-marker": textOf(page.NextVersionIdMarker) };
    if (marks["key-marker"] === "") throw ignored("A list of versions says that there is more, and does not say how to go on.");
  }
  if (![first, second].every(({ versionId }) => seen.includes(versionId ?? ""))) throw ignored("A list of versions leaves out some of them.");
});
