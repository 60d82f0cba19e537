import { AppError } from "../errors.ts";
import type { XmlChildren, XmlElement } from "./read-xml.ts";
import type { Shape } from "./shape.ts";

/**
 * The value that an element stands for. An element that the model does not have is refused by its name, so nothing is ever ignored.
 * @param path of the element, for messages: "Operation.S3PutObjectTagging"
 * @throws AppError InvalidRequest
 */
export function decode(element: XmlElement, shape: Shape, path = ""): unknown {
  switch (shape.kind) {
    case "structure": {
      const children = childrenOf(element, path);
      const known = new Map(Object.entries(shape.members).map(([name, member]) => [member.element, { name, shape: member.shape }]));
      const value: Record<string, unknown> = {};
      for (const [name, elements] of Object.entries(children)) {
        const member = known.get(name);
        if (!member) throw wrong(join(path, name), "S3 Control has no such member");
        value[member.name] = decode(only(elements, join(path, name)), member.shape, join(path, name));
      }
      return value;
    }
    case "list": {
      const children = childrenOf(element, path);
      for (const name of Object.keys(children)) if (name !== shape.element) throw wrong(join(path, name), `the list has elements ${shape.element} only`);
      return (children[shape.element] ?? []).map((item, index) => decode(item, shape.of, join(path, String(index))));
    }
    case "map": {
      const { entry = [], ...others } = childrenOf(element, path);
      for (const name of Object.keys(others)) throw wrong(join(path, name), "the map has elements entry only");
      const pairs = entry.map((item, index): [string, string] => {
        const at = join(path, String(index));
        const { key = [], value = [], ...rest } = childrenOf(item, at);
        if (Object.keys(rest).length > 0) throw wrong(at, "an entry has key and value only");
        return [textOf(only(key, join(at, "key")), at), textOf(only(value, join(at, "value")), at)];
      });
      if (pairs.some(([key]) => key === "__proto__")) throw wrong(path, "a key cannot be __proto__");
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw wrong(path, "a key is there twice");
      return Object.fromEntries(pairs);
    }
    case "boolean": {
      const text = textOf(element, path).trim();
      if (text !== "true" && text !== "false") throw wrong(path, "must be true or false");
      return text === "true";
    }
    case "integer": {
      const text = textOf(element, path).trim();
      if (!/^-?\d{1,15}$/.test(text)) throw wrong(path, "must be a whole number");
      return Number(text);
    }
    case "timestamp":
      return textOf(element, path).trim();
    case "string":
      return textOf(element, path);
  }
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
const wrong = (path: string, message: string): AppError => new AppError("InvalidRequest", `${path}: ${message}.`, [{ path, message }]);

function only(elements: readonly XmlElement[], path: string): XmlElement {
  if (elements.length !== 1) throw wrong(path, "must be there once");
  return elements[0] as XmlElement;
}

/** Between elements, there may be nothing but space. */
function childrenOf(element: XmlElement, path: string): XmlChildren {
  const { "#text": text = "", ...children }: Record<string, unknown> = typeof element === "string" ? { "#text": element } : { ...element };
  if (String(text).trim() !== "") throw wrong(path, "must have elements, and no text");
  return children as XmlChildren;
}

function textOf(element: XmlElement, path: string): string {
  if (typeof element !== "string") throw wrong(path, "must have text, and no elements");
  return element;
}
