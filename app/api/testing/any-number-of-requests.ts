import { vi } from "vitest";
import { budgets } from "#lib/http/budgets.ts";

/**
 * For `beforeAll` of a test that sends each request there is: all of them in a row are more than a person may send, on a machine
 * that is fast enough.
 */
export function anyNumberOfRequests(): () => void {
  const take = vi.spyOn(budgets.person, "take").mockReturnValue(0);
  return () => take.mockRestore();
}
