/** A request as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** The path of the target, neither decoded nor normalised. */
  path: string;
  /** What follows the "?" of the target, as it came; "" where nothing does. */
  query: string;
  /**
   * Names in lower case, values of one name joined by a comma. Each character of a value stands for one byte, as Node and
   * Headers give them. `host` is the Host header that the client sent, whatever its target says.
   */
  headers: Record<string, string>;
}
