/** Asks the console's own sign-in. */

async function said(response: Response): Promise<string | null> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string" ? body.message : null;
}

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const unreachable = "The console cannot be reached. Check that it is running, then try again.";

/** Why it was refused, in words; null when the person is signed in. */
export async function signIn(values: { email: string; password: string }): Promise<string | null> {
  try {
    const response = await post("/api/auth/sign-in/email", values);
    if (response.ok) return null;
    if (response.status === 429) return (await said(response)) ?? "Too many attempts. Wait a few minutes, then try again.";
    // The password was right, and the account may not be used, or not this way.
    if (response.status === 403) return (await said(response)) ?? "You may not sign in. Ask an administrator.";
    if (response.status === 401 || response.status === 400) return "The e-mail address or the password is wrong.";
    return "The console could not check your password. Try again; if it stays, look at its log.";
  } catch {
    return unreachable;
  }
}

/**
 * Leads to the OpenID provider, and from there to `target`, a path of the console.
 * @returns why not, in words; never when it leads there
 */
export async function signInByProvider(target: string): Promise<string> {
  try {
    const response = await post("/api/auth/sign-in/social", { callbackURL: target });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && typeof body === "object" && body !== null && "url" in body && typeof body.url === "string") {
      window.location.assign(body.url);
      return await new Promise<never>(() => undefined);
    }
    if (response.status === 429) return "Too many attempts. Wait a minute, then try again.";
    return "The sign-in provider does not answer, or is set wrongly. Try again; if it stays, tell an administrator.";
  } catch {
    return unreachable;
  }
}
