/** In the place of fast-xml-parser in a browser, which describes operations and never runs one: see next.config.js. */
export class XMLParser {
  parse(): never {
    throw new Error("No task runs in a browser.");
  }
}
