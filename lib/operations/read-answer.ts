import { XMLParser } from "fast-xml-parser";
import { type Answer, StepFailure } from "./operation.ts";

/** Keys and tags may begin or end with spaces, and stores write characters as numbers (`&#34;`). */
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  removeNSPrefix: true,
  trimValues: false,
  htmlEntities: true,
});

export type XmlElement = Record<string, unknown>;

/**
 * The document element of an answer in XML.
 * @throws StepFailure when it is another document: the store does not do what it was asked for
 */
export function parseAnswer({ httpStatus, body }: Answer, root: string): XmlElement {
  const wrong = new StepFailure({
    kind: "failed",
    httpStatus,
    code: "UnexpectedResponse",
    message: `The endpoint answered ${httpStatus} with something else than a ${root} document`,
  });
  // No S3 declares entities; a document that does wants to make a short text long.
  if (body.includes("<!DOCTYPE")) throw wrong;
  let document: XmlElement;
  try {
    document = xml.parse(body) as XmlElement;
  } catch {
    throw wrong;
  }
  if (!Object.hasOwn(document, root)) throw wrong;
  return elementOf(document[root]);
}

/** An element's children of one name, however many there are. */
export const childrenOf = (parent: unknown, name: string): XmlElement[] => {
  const children = elementOf(parent)[name];
  return children === undefined ? [] : [children].flat().map(elementOf);
};

/** An empty element is read as a text. */
export const elementOf = (value: unknown): XmlElement => (typeof value === "object" && value !== null ? (value as XmlElement) : {});

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A header of an answer, by its name in lower case. */
export const headerOf = ({ headers }: Answer, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
};
