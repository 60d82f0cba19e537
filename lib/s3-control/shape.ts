/**
 * What the service's model says of a value, as far as the wire needs it. Limits and patterns are the domain's: lib/jobs/job-schema.ts.
 * Timestamps stay ISO 8601 texts, as they are on the wire and in a job's definition.
 */
export type Shape =
  | { kind: "string" | "boolean" | "integer" | "timestamp" }
  | { kind: "structure"; members: Record<string, Member> }
  | { kind: "list"; of: Shape; element: string }
  | { kind: "map" };

interface Member {
  shape: Shape;
  /** The element's name where it is not the member's: `SSE-S3` for SSES3. */
  element: string;
}

export const string: Shape = { kind: "string" };
export const boolean: Shape = { kind: "boolean" };
/** Of 32 or 64 bits: JavaScript's safe integers hold what the service counts. */
export const integer: Shape = { kind: "integer" };
export const timestamp: Shape = { kind: "timestamp" };
/** Of texts to texts. */
export const map: Shape = { kind: "map" };
export const list = (of: Shape, element = "member"): Shape => ({ kind: "list", of, element });

/** @param elements names of elements that differ from their member's */
export const structure = (members: Record<string, Shape>, elements: Record<string, string> = {}): Shape => ({
  kind: "structure",
  members: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, { shape, element: elements[name] ?? name }])),
});
