import { S3Error } from "../s3-error.ts";
import type { Tag } from "../store/versions.ts";
import { readXml } from "../xml/read-xml.ts";

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** @throws S3Error InvalidTag, BadRequest */
function checkTags(tags: Tag[]): Tag[] {
  if (tags.length > 10) throw new S3Error("BadRequest", "Object tags cannot be greater than 10");
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    if (key.length === 0 || key.length > 128 || !allowed.test(key)) throw new S3Error("InvalidTag", "The TagKey you have provided is invalid", { TagKey: key });
    if (value.length > 256 || !allowed.test(value))
      throw new S3Error("InvalidTag", "The TagValue you have provided is invalid", { TagKey: key, TagValue: value });
    if (key.toLowerCase().startsWith("aws:")) throw new S3Error("InvalidTag", "System tags cannot be added/updated by requester", { TagKey: key });
    if (seen.has(key)) throw new S3Error("InvalidTag", "Cannot provide multiple Tags with the same key", { TagKey: key });
    seen.add(key);
  }
  return tags;
}

let lastBody = Buffer.alloc(0);
let lastTags: readonly Tag[] | undefined;

/** A `<Tagging>` document; who tags many objects sends the same one with each. @throws S3Error MalformedXML, InvalidTag, BadRequest */
export function tagsOfDocument(body: Buffer): readonly Tag[] {
  if (lastTags && body.equals(lastBody)) return lastTags;
  const set = readXml(body, "Tagging").one("TagSet");
  const tags = checkTags(set.all("Tag").map((tag) => ({ key: tag.one("Key").text, value: tag.one("Value").text })));
  [lastBody, lastTags] = [Buffer.from(body), tags];
  return tags;
}

/** The `x-amz-tagging` header, written as a query. @throws S3Error InvalidArgument, InvalidTag, BadRequest */
export function tagsOfHeader(header: string | undefined): Tag[] {
  if (header === undefined || header === "") return [];
  let tags: Tag[];
  try {
    tags = header.split("&").map((pair) => {
      const [key = "", value = "", ...more] = pair.replaceAll("+", " ").split("=");
      if (more.length > 0) throw new URIError();
      return { key: decodeURIComponent(key), value: decodeURIComponent(value) };
    });
  } catch {
    tags = [];
  }
  const names = new Set(tags.map((tag) => tag.key));
  if (tags.length === 0 || names.size < tags.length)
    throw new S3Error(
      "InvalidArgument",
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      { ArgumentName: "x-amz-tagging", ArgumentValue: header },
    );
  return checkTags(tags);
}
