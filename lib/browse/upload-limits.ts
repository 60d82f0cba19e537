/** A Node server gives a request five minutes. */
export const maxUploadBytes = 1024 ** 3;

/** Why a CSV cannot be uploaded to this key; null when it can. */
export function uploadKeyProblem(key: string): string | null {
  if (!/\.csv(\.gz)?$/i.test(key)) return "must end with .csv or .csv.gz";
  return new TextEncoder().encode(key).length > 1024 ? "has at most 1,024 bytes" : null;
}

/** Where a file goes unless the person says otherwise: a name of its own, since an upload overwrites nothing. */
export function uploadKeyFor(fileName: string, now: Date): string {
  const [, stem = "", ending = ".csv"] = /^(.*?)((?:\.csv)?(?:\.gz)?)$/is.exec(fileName) ?? [];
  const kept =
    stem
      .replace(/[^\p{L}\p{N}._-]+/gu, "-")
      .slice(0, 200)
      .replace(/-+$/, "") || "manifest";
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return `manifests/${kept}-${stamp}${/\.gz$/i.test(ending) ? ".csv.gz" : ".csv"}`;
}
