/** Rows of a manifest that are no tasks, and why: "delete markers". */
export interface LeftOut {
  reason: string;
  count: number;
}
