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

/** A secret as it may stand in a text: as it is, in a URL, in JSON. */
type Forms = readonly string[];

interface Secrets {
  /** Those of the settings, which nothing displaces. */
  lasting: Map<string, Forms>;
  /** Those that this process has worked with of late: whoever is sent one may say it back in words of their own. */
  recent: Map<string, Forms>;
  /**
   * All of them by the last characters of each form, so that a text is read once however many are known: 40 µs for a log line, where a search
   * for each of 1000 takes 120 µs, and of 4000 660 µs. By the last ones, since one issuer's tokens all begin alike.
   */
  byEnding: Map<string, Set<Forms>>;
}

/** Next loads the same module several times in one process, and a log line must find the secret whoever opened it. */
const slot = globalThis as typeof globalThis & { longshoreSecrets?: Secrets };
slot.longshoreSecrets ??= { lasting: new Map(), recent: new Map(), byEnding: new Map() };
const { lasting, recent, byEnding } = slot.longshoreSecrets;

/** Of a thousand connections and a thousand roles with a key and a token each, with room for people's access keys. */
export const mostRecent = 4_096;
/** A shorter one is a word that texts may have. */
const leastLength = 12;

const endingOf = (form: string): string => form.slice(-leastLength);

function know(secret: string): Forms {
  const forms = [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
  for (const ending of forms.map(endingOf)) byEnding.set(ending, (byEnding.get(ending) ?? new Set()).add(forms));
  return forms;
}

function forget(forms: Forms): void {
  for (const ending of forms.map(endingOf)) {
    byEnding.get(ending)?.delete(forms);
    if (byEnding.get(ending)?.size === 0) byEnding.delete(ending);
  }
}

/** Has a secret blotted out wherever it shows, until more than `mostRecent` others were used since. @returns it */
export function remember(secret: string): string {
  if (secret.length < leastLength || lasting.has(secret)) return secret;
  const forms = recent.get(secret) ?? know(secret);
  // The last one used is the last to be forgotten.
  recent.delete(secret);
  recent.set(secret, forms);
  const [oldest] = recent;
  if (recent.size > mostRecent && oldest !== undefined) {
    recent.delete(oldest[0]);
    forget(oldest[1]);
  }
  return secret;
}

/** The same for as long as the process lives: for a secret of its settings. */
export function rememberForGood(secret: string): void {
  if (secret.length >= leastLength && !lasting.has(secret)) lasting.set(secret, know(secret));
}

function hideKnown(text: string): string {
  const found = new Set<string>();
  for (let end = leastLength; end <= text.length; end += 1) {
    for (const forms of byEnding.get(text.slice(end - leastLength, end)) ?? []) {
      for (const form of forms) if (text.endsWith(form, end)) found.add(form);
    }
  }
  // The longest first: one may be part of another.
  return [...found].sort((a, b) => b.length - a.length).reduce((clean, form) => clean.replaceAll(form, hidden), text);
}

/**
 * A text that leaves the process, without the secrets in it: for logs, errors, and what others' servers say.
 * @param text in which others' words may be, such as an error that repeats a request's headers
 */
export function scrub(text: string): string {
  let clean = hideKnown(text);
  if (!suspicious.test(clean)) return clean;
  for (const [pattern, instead] of patterns) clean = clean.replace(pattern, instead);
  return clean;
}
