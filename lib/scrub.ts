/** What stands where a secret was. */
const hidden = "[hidden]";

/** Between a name and its value: as in a header, a query, JSON (escaped or not) or XML. */
const quote = `(?:\\\\*["']|&quot;|%22)`;
const equals = `(?:${quote}?\\s*(?:=|%3D)\\s*${quote}?|${quote}\\s*(?::|%3A)\\s*${quote}|>)`;
const colon = `(?:${quote}?\\s*(?:[=:>]|%3[AD])\\s*${quote}?)`;
/** A value without spaces; in a query, up to the next one. */
const value = `(?:%(?!26|22)[0-9A-Fa-f]{2}|[^\\s"'\\\\<>&,;)%])+`;

/** Cheap, and true of few texts. */
const suspicious = /signature|token|authorization|secret|passw|whsec_|:\/\/[^\s/]*@|cookie|private key|basic |bearer /i;

const patterns: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(x-amz-security-token|x-amz-signature|webhook-signature)(${colon})(?:v1,)?${value}`, "gi"), `$1$2${hidden}`],
  [new RegExp(`(signature)(${colon})[0-9a-z+/=%]{20,}`, "gi"), `$1$2${hidden}`],
  [/\b(basic|bearer)(\s+|%20)[\w+/=.~%-]{8,}/gi, `$1$2${hidden}`],
  [new RegExp(`((?:set-)?cookie)(${colon})[^"'\\\\\\r\\n<]+`, "gi"), `$1$2${hidden}`],
  [
    new RegExp(`(secret_?access_?key|session_?token|client_?secret|secret_?encrypted|longshore_secret(?:_previous)?|password|passwd)(${equals})${value}`, "gi"),
    `$1$2${hidden}`,
  ],
  [/([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'<>\\]{0,256}):[^\s/@"'<>\\]{1,256}@/gi, `$1:${hidden}@`],
  [/whsec_[\w+/=-]{8,}/g, `whsec_${hidden}`],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g, hidden],
];

/** Secrets that this process has worked with of late: whoever is sent one may say it back in words of their own. */
const known = new Map<string, readonly string[]>();
const mostKnown = 64;
/** A shorter one is a word that texts may have. */
const leastLength = 12;

/** Has a secret blotted out wherever it shows. @returns it */
export function remember(secret: string): string {
  if (secret.length < leastLength) return secret;
  const forms = known.get(secret) ?? [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
  // The last one used is the last to be forgotten.
  known.delete(secret);
  known.set(secret, forms);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  return secret;
}

/**
 * A text that leaves the process, without the secrets in it: for logs, errors, and what others' servers say.
 * @param text in which others' words may be, such as an error that repeats a request's headers
 */
export function scrub(text: string): string {
  let clean = text;
  for (const forms of known.values()) for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, hidden);
  if (!suspicious.test(clean)) return clean;
  for (const [pattern, instead] of patterns) clean = clean.replace(pattern, instead);
  return clean;
}
