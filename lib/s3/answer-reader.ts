/** Answers to tasks are short; a larger one is not S3's. */
export const maxAnswerBytes = 1024 * 1024;
const maxHeadBytes = 32 * 1024;
const maxChunkLine = 256;
const headEnd = "\r\n\r\n";

/** The bytes of an answer are not HTTP/1.1. */
export class MalformedAnswer extends Error {
  override name = "MalformedAnswer";
}

/** What no other try would make shorter. */
export class AnswerTooLarge extends Error {
  readonly code = "AnswerTooLarge";
}

/**
 * Reads the answers that come over one connection, one after the other, however their bytes arrive. What it takes is HTTP/1.1
 * as RFC 9112 has it, and nothing more: what can be read in two ways is refused.
 */
export class AnswerReader {
  httpStatus = 0;
  /** Names in lower case; null where nobody wanted them. */
  headers: Record<string, string> | null = null;
  /** Whether another request may follow on the connection. */
  keepAlive = true;
  #state: "head" | "length" | "chunk size" | "chunk" | "chunk end" | "trailer" | "until closed" | "done" = "done";
  #noBody = false;
  #wantsHeaders = false;
  /** The beginning of a head, or of a line of a chunked body. */
  #rest = "";
  /** Bytes that the body, or its present chunk, still has. */
  #left = 0;
  #pieces: Buffer[] = [];
  #size = 0;

  /** Gets ready for the answer to a request. @param noBody of HEAD, whose answer says how long a body would be and has none */
  begin(noBody: boolean, wantsHeaders: boolean): void {
    this.httpStatus = 0;
    this.headers = null;
    this.keepAlive = true;
    this.#state = "head";
    this.#noBody = noBody;
    this.#wantsHeaders = wantsHeaders;
    this.#rest = "";
    if (this.#size > 0) this.#pieces = [];
    this.#size = 0;
  }

  /** Text of the body. */
  get body(): string {
    if (this.#size === 0) return "";
    return (this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces)).toString();
  }

  /**
   * Takes the next bytes; they are the caller's again afterwards.
   * @returns whether the answer is whole
   * @throws MalformedAnswer, AnswerTooLarge
   */
  push(bytes: Buffer): boolean {
    let at = 0;
    while (at < bytes.length && this.#state !== "done") at = this.#state === "head" ? this.#readHead(bytes, at) : this.#readBody(bytes, at);
    if (this.#state !== "done") return false;
    // Nobody asked for what follows.
    if (at < bytes.length) this.keepAlive = false;
    return true;
  }

  /** The other side has closed the connection. @returns whether that ends the answer */
  end(): boolean {
    if (this.#state !== "until closed") return false;
    this.#state = "done";
    return true;
  }

  #readHead(bytes: Buffer, from: number): number {
    const before = this.#rest.length;
    const text = this.#rest + bytes.toString("latin1", from, Math.min(bytes.length, from + maxHeadBytes));
    // The end may have begun in the bytes before.
    const end = text.indexOf(headEnd, Math.max(0, before - headEnd.length));
    if (end < 0) {
      if (text.length >= maxHeadBytes) throw new MalformedAnswer(`its head has more than ${maxHeadBytes} bytes`);
      this.#rest = text;
      return bytes.length;
    }
    this.#rest = "";
    this.#parseHead(text, end);
    return from + end + headEnd.length - before;
  }

  #parseHead(text: string, end: number): void {
    if (!/^HTTP\/1\.[01] \d{3}[ \r]/.test(text)) throw new MalformedAnswer("it does not begin as an answer does");
    const http10 = text.charCodeAt(7) === 0x30;
    this.httpStatus = Number(text.slice(9, 12));
    // What comes before the answer itself, such as 103 Early Hints.
    if (this.httpStatus < 200) {
      if (this.httpStatus === 101) throw new MalformedAnswer("it changes to another protocol, which nobody asked for");
      return;
    }
    let length = -1;
    let chunked = false;
    let close = http10;
    if (this.#wantsHeaders) this.headers = Object.create(null) as Record<string, string>;
    for (let line = text.indexOf("\r\n") + 2; line < end + 2; ) {
      const next = text.indexOf("\r\n", line);
      const colon = text.indexOf(":", line);
      if (colon <= line || colon > next) throw new MalformedAnswer("a line of its head is no header");
      // Only these three matter here.
      const nameLength = colon - line;
      if (this.headers !== null || nameLength === 14 || nameLength === 17 || nameLength === 10) {
        const name = text.slice(line, colon).toLowerCase();
        if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name)) throw new MalformedAnswer("a header has a name that none can have");
        const value = text.slice(colon + 1, next).trim();
        if (name === "content-length") length = lengthOf(value, length);
        else if (name === "transfer-encoding") {
          if (value.toLowerCase() !== "chunked") throw new MalformedAnswer("its transfer encoding is not chunked");
          chunked = true;
        } else if (name === "connection") close = http10 ? !/\bkeep-alive\b/i.test(value) : close || /\bclose\b/i.test(value);
        if (this.headers !== null) this.headers[name] = name in this.headers ? `${this.headers[name]}, ${value}` : value;
      }
      line = next + 2;
    }
    // Two lengths: whoever else reads along may have taken the other one.
    if (chunked && length >= 0) throw new MalformedAnswer("it gives both a length and chunks");
    this.keepAlive = !close;
    if (this.#noBody || this.httpStatus === 204 || this.httpStatus === 304) this.#state = "done";
    else if (chunked) this.#state = "chunk size";
    else if (length >= 0) {
      this.#left = length;
      this.#state = length === 0 ? "done" : "length";
      if (length > maxAnswerBytes) throw tooLarge();
    } else {
      this.keepAlive = false;
      this.#state = "until closed";
    }
  }

  #readBody(bytes: Buffer, at: number): number {
    if (this.#state === "until closed") return this.#keep(bytes, at, bytes.length);
    if (this.#state === "length" || this.#state === "chunk") {
      const end = this.#keep(bytes, at, Math.min(bytes.length, at + this.#left));
      this.#left -= end - at;
      if (this.#left === 0) this.#state = this.#state === "length" ? "done" : "chunk end";
      return end;
    }
    const newline = bytes.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (this.#rest.length + end - at > maxChunkLine) throw new MalformedAnswer("a line between its chunks is too long");
    this.#rest += bytes.toString("latin1", at, end);
    if (newline >= 0) {
      const line = this.#rest;
      this.#rest = "";
      this.#readLine(line);
    }
    return end;
  }

  /** A line of a chunked body that is no chunk itself. */
  #readLine(line: string): void {
    if (!line.endsWith("\r\n")) throw new MalformedAnswer("a line between its chunks does not end as it should");
    if (this.#state === "chunk end") {
      if (line !== "\r\n") throw new MalformedAnswer("a chunk is longer than it says");
      this.#state = "chunk size";
    } else if (this.#state === "trailer") {
      if (line === "\r\n") this.#state = "done";
    } else {
      const size = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?\r\n$/i.exec(line)?.[1];
      if (size === undefined) throw new MalformedAnswer("a chunk does not say how long it is");
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? "trailer" : "chunk";
    }
  }

  #keep(bytes: Buffer, from: number, to: number): number {
    this.#size += to - from;
    if (this.#size > maxAnswerBytes) throw tooLarge();
    this.#pieces.push(Buffer.from(bytes.subarray(from, to)));
    return to;
  }
}

function lengthOf(value: string, known: number): number {
  const length = /^\d{1,15}$/.test(value) ? Number(value) : -1;
  if (length < 0 || (known >= 0 && known !== length)) throw new MalformedAnswer("its length is not a number");
  return length;
}

const tooLarge = () => new AnswerTooLarge(`the answer has more than ${maxAnswerBytes} bytes, which no answer to a task has`);
