import type { Issue } from "#lib/errors.ts";

/** What the JSON API answered instead of what was asked for. `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly code: string;
  readonly issues: Issue[];
  readonly status: number;

  constructor(code: string, message: string, issues: Issue[], status: number) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.issues = issues;
    this.status = status;
  }
}

export interface ApiInit {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls the console's JSON API. A session that has ended leads to the sign-in page and back here.
 * @throws ApiError
 */
export async function api<T>(path: string, { method, body, signal }: ApiInit = {}): Promise<T> {
  const verb = method ?? (body === undefined ? "GET" : "POST");
  let response: Response;
  try {
    response = await fetch(path, {
      method: verb,
      headers: { accept: "application/json", ...(verb !== "GET" && { "content-type": "application/json" }) },
      ...(verb !== "GET" && { body: typeof body === "string" ? body : JSON.stringify(body ?? {}) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("Unreachable", "The console cannot be reached. Check that it is running and that you are online, then try again.", [], 0);
  }
  const text = await response.text();
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
  if (response.status === 401) toSignIn();
  throw errorOf(text, response.status);
}

export function errorOf(text: string, status: number): ApiError {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string; issues?: Issue[] } };
    return new ApiError(error.code, error.message, error.issues ?? [], status);
  } catch {
    return new ApiError(
      "Unexpected",
      `The console answered ${status} with something that is not JSON. Try again; if it stays, look at the console's log.`,
      [],
      status,
    );
  }
}

function toSignIn(): void {
  if (typeof window === "undefined" || window.location.pathname === "/sign-in") return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
