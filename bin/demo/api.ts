import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { messageOf } from "#lib/errors.ts";
import { StartError } from "../errors.ts";

const PATIENCE_MS = 60_000;

export interface Api {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: unknown) => Promise<T>;
}

const errorSchema = z.object({ error: z.object({ message: z.string(), issues: z.array(z.object({ path: z.string(), message: z.string() })).default([]) }) });

/** The console's JSON API as a person uses it: signed in by e-mail and password. */
export async function signIn(url: string, email: string, password: string): Promise<Api> {
  const headers: Record<string, string> = { origin: url, "content-type": "application/json" };
  const call = async (path: string, init: RequestInit, patientUntil = 0): Promise<Response> => {
    const response = await fetch(`${url}${path}`, { ...init, headers }).catch((error: unknown) => {
      if (Date.now() < patientUntil) return null;
      throw new StartError(`Longshore does not answer at ${url} (${messageOf(error)}). Start it with "npm start" first.`);
    });
    if (response?.ok) return response;
    // A console or database that was killed is back within seconds, and the job has gone on. Who reads a long report fast is told to wait.
    if (response === null || ([429, 503].includes(response.status) && Date.now() < patientUntil)) {
      await sleep(500);
      return call(path, init, patientUntil);
    }
    const text = await response.text();
    throw new StartError(`${init.method} ${path} was answered with ${response.status}: ${wordsOf(text)}`);
  };
  const signedIn = await call("/api/auth/sign-in/email", { method: "POST", body: JSON.stringify({ email, password }) });
  headers.cookie = signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
  return {
    get: async (path) => (await call(path, { method: "GET" }, Date.now() + PATIENCE_MS)).json(),
    post: async (path, body) => (await call(path, { method: "POST", body: JSON.stringify(body) })).json(),
  };
}

function wordsOf(text: string): string {
  try {
    const { error } = errorSchema.parse(JSON.parse(text));
    return [error.message, ...error.issues.map((issue) => `${issue.path}: ${issue.message}`)].join(" ");
  } catch {
    return text.slice(0, 200);
  }
}
