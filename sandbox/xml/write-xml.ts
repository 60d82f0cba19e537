const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters become references, as S3 writes them, though XML 1.0 has no place for them. */
const escapeText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  text.replace(/[&<>"\u0000-\u001f\u007f]/g, (character) => entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

export interface Element {
  readonly xml: string;
}

type Content = string | number | boolean | Element | undefined | Content[];

const write = (content: Content): string => {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map(write).join("");
  return typeof content === "object" ? content.xml : escapeText(String(content));
};

/** `<name>…</name>`; strings are escaped, `undefined` writes nothing inside. */
export const element = (name: string, ...content: Content[]): Element => ({ xml: `<${name}>${write(content)}</${name}>` });

/** An element with attributes. */
export const attributed = (name: string, attributes: Record<string, string>, ...content: Content[]): Element => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  return { xml: `<${name}${written.join("")}>${write(content)}</${name}>` };
};

/** The element only when there is a value. */
export const optional = (name: string, value: string | number | boolean | undefined): Element | undefined =>
  value === undefined ? undefined : element(name, value);

const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole answer in S3's namespace. */
export const document = (root: string, ...content: Content[]): string =>
  `${prolog}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${write(content)}</${root}>`;

/** An error answer, which S3 sends without a namespace. */
export const errorDocument = (fields: Record<string, string>): string =>
  `${prolog}${
    element(
      "Error",
      Object.entries(fields).map(([name, value]) => element(name, value)),
    ).xml
  }`;
