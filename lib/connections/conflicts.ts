import { AppError, type Issue } from "../errors.ts";

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "");

interface Words {
  /** Another row has the same unique value. */
  taken?: Issue;
  /** Rows that refer to this one forbid its removal, or the row it refers to is gone. */
  referred?: string;
  missing: string;
}

/** Runs a write and turns what PostgreSQL refuses into words. @throws AppError Conflict, NotFound */
export async function orConflict<T>(words: Words, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = codeOf(error);
    if (code === "P2002" && words.taken) throw new AppError("Conflict", words.taken.message, [words.taken], { cause: error });
    if (code === "P2003" && words.referred) throw new AppError("Conflict", words.referred, [], { cause: error });
    if (code === "P2025") throw new AppError("NotFound", words.missing, [], { cause: error });
    throw error;
  }
}

export const noConnection = "There is no such connection. It may have been deleted: go back to the list.";
export const noRole = "There is no such execution role. It may have been deleted: go back to the list.";

/** "1 job", "3 jobs". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
