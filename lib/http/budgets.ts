import { RequestBudget } from "./request-budget.ts";

const made = () => ({
  /** Of the S3 Control API, by access key. */
  accessKey: new RequestBudget(50, 200),
  /** Of the JSON API, by person: whoever has twenty tabs open stays far below. */
  person: new RequestBudget(50, 200),
});

/** Next loads the same module several times in one process, so they live on the global object. Each console counts for itself. */
const slot = globalThis as typeof globalThis & { longshoreBudgets?: ReturnType<typeof made> };
slot.longshoreBudgets ??= made();
export const budgets = slot.longshoreBudgets;

/** Of a request that reads without end, writes to a store or asks another server, in usual ones: ten at once, five in two seconds. */
export const costly = { cost: 20 };
