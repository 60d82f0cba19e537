const words: Record<string, string> = {
  person_disabled: "Your account is disabled. Ask an administrator.",
  not_invited:
    "You are known to the provider, but have no account here. Ask an administrator to invite you, by the e-mail address that the provider has of you.",
  email_not_verified: "The provider has not verified your e-mail address. Verify it there, then try again.",
  account_not_linked: "The provider has not verified your e-mail address. Verify it there, then try again.",
  email_not_found: "The provider did not tell your e-mail address. Ask its administrator to release it to Longshore.",
  access_denied: "The provider did not let you in, or you went back. Try again, or sign in another way.",
  invalid_code: "The provider did not confirm who you are. Try again; if it stays, an administrator should check the client’s id and secret.",
  unable_to_get_user_info: "What the provider said of you could not be verified. Try again; if it stays, tell an administrator.",
  issuer_mismatch: "The answer came from another provider than the one that is set. Tell an administrator.",
  TOO_MANY_SESSIONS: "You have signed in very often of late. Wait an hour and try again.",
  internal_server_error: "The console’s database does not answer at the moment. Try again in a few seconds.",
};

/** Why somebody who came by the provider was not let in. The code is from the address, where anybody may have written it. */
export const signInErrorWords = (code: string): string =>
  (Object.hasOwn(words, code) ? words[code] : undefined) ?? "The sign-in was not completed: it took too long, or was begun in another browser. Try again.";
