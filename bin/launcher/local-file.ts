import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { StartError } from "../errors.ts";

/** What a person or a script needs to use a local start: `<data dir>/local.json`. */
const localFileSchema = z.object({
  url: z.string(),
  accountId: z.string(),
  /** The password is null when it is not the generated one any more, or never was ours. */
  admin: z.object({ email: z.string(), password: z.string().nullable() }),
  /** For the S3 Control API. */
  accessKey: z.object({ id: z.string(), secret: z.string() }).nullable(),
  /** The sandbox S3; null where none runs. */
  s3: z.object({ endpoint: z.string(), region: z.string(), accessKeyId: z.string(), secretAccessKey: z.string() }).nullable(),
  roleArn: z.string().nullable(),
});

export type LocalFile = z.infer<typeof localFileSchema>;

export function writeLocalFile(path: string, content: LocalFile): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readLocalFile(path: string): LocalFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new StartError(`${path} cannot be read. Start Longshore with "npm start" first; it writes that file.`);
  }
  try {
    return localFileSchema.parse(JSON.parse(text));
  } catch {
    throw new StartError(`${path} is damaged. Start Longshore again with "npm start"; it writes that file anew.`);
  }
}
