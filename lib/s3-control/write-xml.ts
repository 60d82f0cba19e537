import type { Shape } from "./shape.ts";

const namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";
const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xd;" };

/** Characters that XML cannot carry in any form are replaced: one of them would make a whole list unreadable. */
const escapeText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"\r]/g, (character) => entities[character] as string);

const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** A whole answer. Members that the shape does not have, and those that are undefined or null, are left out. */
export const resultXml = (root: string, value: unknown, shape: Shape): string => `${prolog}<${root} xmlns="${namespace}">${encode(value, shape)}</${root}>`;

export const errorXml = (error: { code: string; message: string }, ids: { requestId: string; hostId: string }): string =>
  prolog +
  tag(
    "ErrorResponse",
    tag("Error", tag("Code", escapeText(error.code)) + tag("Message", escapeText(error.message))) + tag("RequestId", ids.requestId) + tag("HostId", ids.hostId),
  );

function encode(value: unknown, shape: Shape): string {
  switch (shape.kind) {
    case "structure":
      return Object.entries(shape.members)
        .map(([name, member]) => {
          const content = (value as Record<string, unknown>)[name];
          return content === undefined || content === null ? "" : tag(member.element, encode(content, member.shape));
        })
        .join("");
    case "list":
      return (value as unknown[]).map((item) => tag(shape.element, encode(item, shape.of))).join("");
    case "map":
      return Object.entries(value as Record<string, string>)
        .map(([key, text]) => tag("entry", tag("key", escapeText(key)) + tag("value", escapeText(text))))
        .join("");
    default:
      return escapeText(String(value));
  }
}
