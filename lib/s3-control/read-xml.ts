import { XMLParser } from "fast-xml-parser";
import { AppError } from "../errors.ts";

/** An element: its children by name, or its text. */
export type XmlElement = string | XmlChildren;
export interface XmlChildren {
  readonly [name: string]: readonly XmlElement[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  // Numeric references are only read together with HTML's names; which of those may occur is checked before.
  htmlEntities: true,
  isArray: () => true,
  maxNestedTags: 20,
});

/** Declarations of types and entities, and references to any but XML's own five and characters by number. */
const hostile = /<!(?!--)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** A character by number that XML does not have: the parser would leave it out, and the request would mean something else. */
const hasForbiddenReference = (text: string): boolean =>
  [...text.matchAll(/&#(?:x([\da-f]+)|(\d+));/gi)].some(([, hex, decimal]) => !isXmlCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)));

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/**
 * The root element of a request's document, with or without S3 Control's namespace. Nothing in it is expanded or fetched.
 * @throws AppError InvalidRequest
 */
export function readXml(source: Uint8Array, root: string): XmlElement {
  const malformed = new AppError("InvalidRequest", `The request's body is not a well-formed document of the element ${root}.`);
  let document: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(source);
    if (hostile.test(text) || hasForbiddenReference(text) || notXml.test(text) || !text.trimEnd().endsWith(">")) throw malformed;
    document = parser.parse(text, true);
  } catch {
    throw malformed;
  }
  const elements = (document as Record<string, XmlElement[]>)[root];
  if (!Array.isArray(elements) || elements.length !== 1 || Object.keys(document as object).length !== 1) throw malformed;
  return elements[0] as XmlElement;
}
