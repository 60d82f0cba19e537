import { XMLParser } from "fast-xml-parser";
import { elementOf, textOf, type XmlElement } from "../operations/read-answer.ts";
import type { ProbeAnswer } from "./exchange.ts";
import { ignored, Judged, untried } from "./verdict.ts";

const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, removeNSPrefix: true });

/** The document element's content; null for what is no such document. */
export function documentOf(body: string, root: string): XmlElement | null {
  // No S3 declares entities; a document that does wants to make a short text long.
  if (!body.includes("<") || body.includes("<!DOCTYPE")) return null;
  try {
    const document = xml.parse(body) as XmlElement;
    return Object.hasOwn(document, root) ? elementOf(document[root]) : null;
  } catch {
    return null;
  }
}

/** S3's code and words for what it refused; an error may come with a 200 too. */
export function errorOf({ status, body }: ProbeAnswer): { code: string; message: string } | null {
  const error = documentOf(body, "Error");
  if (error) return { code: textOf(error.Code) || "Error", message: textOf(error.Message) };
  return status >= 200 && status < 300 ? null : { code: "", message: "" };
}

const wordsLimit = 200;

/** "403 AccessDenied: Access Denied", short and on one line. */
export function quote(answer: ProbeAnswer): string {
  const { code, message } = errorOf(answer) ?? { code: "", message: "" };
  const words = `${answer.status}${code && ` ${code}`}${message && `: ${message}`}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a store says is not to be trusted
  const line = words.replace(/[\x00-\x1f\x7f]+/g, " ");
  return line.length > wordsLimit ? `${line.slice(0, wordsLimit)}…` : line;
}

/** What the keys or the work bucket do not allow says nothing of the store, and what is busy may do it another time. */
const ofThePlace: Record<string, string> = {
  AccessDenied: "The connection's keys may not do it",
  Forbidden: "The connection's keys may not do it",
  AllAccessDisabled: "The connection's keys may not do it",
  UnauthorizedAccess: "The connection's keys may not do it",
  AccessControlListNotSupported: "ACLs are switched off for the work bucket",
  SlowDown: "The store was too busy",
  ServiceUnavailable: "The store was too busy",
  TooManyRequests: "The store was too busy",
};

export function refusal(answer: ProbeAnswer): Judged {
  const { code } = errorOf(answer) ?? { code: "" };
  const place = code.startsWith("KMS.")
    ? "The key service refuses it"
    : (ofThePlace[code] ?? (answer.status === 403 && code === "" ? ofThePlace.AccessDenied : answer.status === 429 ? ofThePlace.SlowDown : undefined));
  return place === undefined
    ? new Judged("refused", `The store refuses it: ${quote(answer)}`)
    : untried(`${place} (${quote(answer)}), so nothing is known of the store.`);
}

export const isDone = (answer: ProbeAnswer): boolean => answer.status >= 200 && answer.status < 300 && errorOf(answer) === null;

/** @throws Judged when the store said no */
export function demandDone(answer: ProbeAnswer): ProbeAnswer {
  if (!isDone(answer)) throw refusal(answer);
  return answer;
}

/** @throws Judged when it is anything else than what was asked for */
export function demandDocument(answer: ProbeAnswer, root: string): XmlElement {
  demandDone(answer);
  const document = documentOf(answer.body, root);
  if (!document) throw ignored(`The store answers ${answer.status} with something else than a ${root} document.`);
  return document;
}
