import { expect, it } from "vitest";
import { parseReplication, rulesFor } from "./replication-rules.ts";

const rule = (id: string, inside: string, bucket = "one") =>
  `<Rule><ID>${id}</ID><Status>Enabled</Status>${inside}<Destination><Bucket>arn:aws:s3:::${bucket}</Bucket></Destination></Rule>`;
const parse = (...rules: string[]) =>
  parseReplication({ httpStatus: 200, headers: {}, body: `<ReplicationConfiguration><Role>r</Role>${rules.join("")}</ReplicationConfiguration>` });
const tag = "<Tag><Key>a</Key><Value>1</Value></Tag>";
const tagged = [{ Key: "a", Value: "1" }];

it.each<[string, string[], string, { Key: string; Value: string }[], string[]]>([
  ["all objects", [rule("all", "<Filter/>")], "k", [], ["all"]],
  ["a prefix", [rule("p", "<Filter><Prefix>in/</Prefix></Filter>")], "in/k", [], ["p"]],
  ["another prefix", [rule("p", "<Filter><Prefix>in/</Prefix></Filter>")], "k", [], []],
  ["a prefix, as rules without a filter have it", [rule("p", "<Prefix>in/</Prefix>")], "in/k", [], ["p"]],
  ["a tag", [rule("t", `<Filter>${tag}</Filter>`)], "k", tagged, ["t"]],
  ["a tag of another value", [rule("t", `<Filter>${tag}</Filter>`)], "k", [{ Key: "a", Value: "2" }], []],
  ["prefix and tags", [rule("b", `<Filter><And><Prefix>in/</Prefix>${tag}<Tag><Key>b</Key><Value/></Tag></And></Filter>`)], "in/k", tagged, []],
  ["prefix and all tags", [rule("b", `<Filter><And><Prefix>in/</Prefix>${tag}</And></Filter>`)], "in/k", tagged, ["b"]],
  ["two rules to one bucket", [rule("low", "<Priority>1</Priority><Filter/>"), rule("high", "<Priority>2</Priority><Filter/>")], "k", [], ["high"]],
  ["two rules the other way round", [rule("high", "<Priority>2</Priority><Filter/>"), rule("low", "<Priority>1</Priority><Filter/>")], "k", [], ["high"]],
  ["rules to two buckets", [rule("x", "<Priority>1</Priority><Filter/>"), rule("y", "<Priority>2</Priority><Filter/>", "two")], "k", [], ["x", "y"]],
  ["a disabled rule", [rule("off", "<Filter/>").replace("Enabled", "Disabled")], "k", [], []],
])("for %s", (_what, rules, key, tags, ids) => expect(rulesFor(parse(...rules), key, tags).map(({ id }) => id)).toEqual(ids));

it("tells the storage class that replicas are to have", () => {
  const [found] = parse(rule("c", "<Filter/>").replace("</Bucket>", "</Bucket><StorageClass>GLACIER</StorageClass>"));
  expect(found).toMatchObject({ bucket: "one", storageClass: "GLACIER" });
});

it("takes nothing else for a configuration", () => {
  expect(() => parseReplication({ httpStatus: 200, headers: {}, body: "<html/>" })).toThrow("something else");
});
