import { decodeListed } from "../../browse/decode-listed.ts";
import { childrenOf, textOf } from "../../operations/read-answer.ts";
import { encodeKey } from "../../s3/encode-key.ts";
import { demandDocument, isDone, quote } from "../answers.ts";
import type { Lab } from "../lab.ts";
import { trial } from "../trial.ts";
import { damages, ignored } from "../verdict.ts";

/**
 * Keys that a store, or a proxy in front of it, may take for each other: within a group each must stay an object of its own.
 * Dots and slashes stay within the trial's folder, whatever becomes of them; a key that begins with a slash would not.
 */
export const confusable: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ["spaces and plus signs", ["a b", "a+b", "a%20b", "a%2Bb"]],
  ["percent signs", ["100%", "100%25", "100%2525"]],
  ["doubled slashes", ["x//y", "x/y", "//x/y"]],
  ["dot segments", ["d/../e", "e", "d/./e", "d/e"]],
  ["question marks, hashes and ampersands", ["q?r#s", "q", "q?r", "q&r=s", "q;r"]],
  ["quotes and angle brackets", [`t&u<v>"w'`, "t&amp;u&lt;v"]],
  ["accents and emoji", ["k\u00f6pr\u00fc \u2638/\ud83d\udea2", "\u00e9", "e\u0301"]],
  ["capital letters", ["Case", "case"]],
  ["a slash at the end", ["end/", "end"]],
  ["line feeds and tabs", ["a\nb\tc"]],
];

/** The longest key that S3 allows, in this folder. */
const longest = (lab: Lab): string => "k".repeat(1024 - Buffer.byteLength(lab.folder));

export const objectKeys = trial("ObjectKeys", async (lab) => {
  const groups = [...confusable, ["1,024 bytes", [longest(lab)]] as const];
  const refused = new Map<string, string>();
  const stored = new Map<string, string>();
  for (const [name, keys] of groups) {
    for (const key of keys) {
      const body = `the object of ${key.slice(0, 40)}`;
      const answer = await lab.send({ method: "PUT", key: lab.keyOf(key), body });
      if (isDone(answer)) stored.set(key, body);
      else refused.set(name, quote(answer));
    }
  }
  for (const [name, keys] of groups) {
    for (const key of keys) {
      const body = stored.get(key);
      if (body === undefined) continue;
      const found = await lab.bodyOf(lab.keyOf(key));
      if (found === body) continue;
      if (found === null) throw damages(`An object whose key has ${name} is gone once it was written.`);
      throw damages(`The store takes keys with ${name} for each other: one object overwrites another.`);
    }
  }
  const listed = await listedKeys(lab);
  for (const [name, keys] of groups)
    if (keys.some((key) => stored.has(key) && !listed.has(lab.keyOf(key)))) throw ignored(`A list gives other keys than those with ${name} that were written.`);
  return refused.size === 0 ? undefined : `Keys are refused that have ${[...refused].map(([name, words]) => `${name} (${words})`).join(", ")}.`;
});

async function listedKeys(lab: Lab): Promise<Set<string>> {
  const answer = await lab.send({ method: "GET", key: "", query: { "list-type": "2", prefix: lab.folder, "encoding-type": "url" } });
  const page = demandDocument(answer, "ListBucketResult");
  const decode = textOf(page.EncodingType) === "url" ? decodeListed : (text: string) => text;
  return new Set(childrenOf(page, "Contents").map((object) => decode(textOf(object.Key))));
}

export const copyObjectKeys = trial("CopyObjectKeys", async (lab) => {
  const refused = new Map<string, string>();
  const copies: { name: string; target: string; body: string; source: string }[] = [];
  for (const [name, keys] of confusable) {
    for (const key of keys) {
      const body = `the source with the key ${key}`;
      if (!isDone(await lab.send({ method: "PUT", key: lab.keyOf(`from/${key}`), body }))) continue;
      copies.push({ name, source: lab.keyOf(`from/${key}`), target: lab.keyOf(`to/${copies.length}`), body });
    }
  }
  for (const { name, source, target, body } of copies) {
    const answer = await lab.send({ method: "PUT", key: target, headers: { "x-amz-copy-source": `/${lab.bucket}/${encodeKey(source)}` } });
    if (!isDone(answer)) refused.set(name, quote(answer));
    else if ((await lab.bodyOf(target)) !== body) throw damages(`Asked to copy an object whose key has ${name}, the store copies another one.`);
  }
  return refused.size === 0 ? undefined : `Copies are refused of keys that have ${[...refused].map(([name, words]) => `${name} (${words})`).join(", ")}.`;
});
