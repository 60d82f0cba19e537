import { XMLParser } from "fast-xml-parser";
import { S3Error } from "../s3-error.ts";

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  // Numeric references (&#13;) are only read together with HTML's names.
  htmlEntities: true,
  isArray: () => true,
});

/** One element of a request's document: its children by name, or its text. */
export class XmlElement {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  all(name: string): XmlElement[] {
    if (typeof this.#value !== "object" || this.#value === null) return [];
    const children = (this.#value as Record<string, unknown>)[name];
    return Array.isArray(children) ? children.map((child) => new XmlElement(child)) : [];
  }

  /** The only child of that name. @throws S3Error MalformedXML when there is none or more than one. */
  one(name: string): XmlElement {
    const [child, ...more] = this.all(name);
    if (!child || more.length > 0) throw new S3Error("MalformedXML");
    return child;
  }

  /** @throws S3Error MalformedXML when the element holds elements. */
  get text(): string {
    if (typeof this.#value === "string") return this.#value;
    throw new S3Error("MalformedXML");
  }

  textOf(name: string): string | undefined {
    return this.all(name)[0]?.text;
  }
}

/**
 * Reads a request's document, with or without S3's namespace.
 * @throws S3Error MalformedXML
 */
export function readXml(source: Buffer, root: string): XmlElement {
  const text = source.toString("utf8");
  if (text.includes("<!DOCTYPE")) throw new S3Error("MalformedXML");
  try {
    return new XmlElement(parser.parse(text, true)).one(root);
  } catch {
    throw new S3Error("MalformedXML");
  }
}
