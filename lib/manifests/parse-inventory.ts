import { z } from "zod";
import { parseS3Arn } from "../jobs/arn.ts";

/** A data file of an inventory, in the inventory's destination bucket. */
export interface InventoryFile {
  key: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal, in lower case. */
  md5: string;
}

/** What an inventory's manifest.json says. */
export interface Inventory {
  fileFormat: "CSV" | "Parquet";
  /** Columns of CSV files, in their order; of Parquet files, each file knows its own. */
  columns: readonly string[];
  sourceBucket: string;
  /** Where the data files are. */
  bucket: string;
  files: readonly InventoryFile[];
}

/** Of a manifest.json: an inventory of 20 billion objects has some 20,000 files. */
export const maxInventoryBytes = 32 * 1024 * 1024;
const maxFiles = 100_000;

/** Why a manifest.json is none of an inventory that can be read, as a sentence that goes on after its address: "names ORC files. …". */
export class InventoryError extends Error {
  override name = "InventoryError";
}

const schema = z.object({
  sourceBucket: z.string().max(255).default(""),
  destinationBucket: z.string().max(2048),
  fileFormat: z.string().max(100),
  fileSchema: z.string().max(20_000).default(""),
  files: z.array(
    z.object({
      key: z.string().min(1).max(1024),
      size: z.int().min(0),
      MD5checksum: z
        .string()
        .regex(/^[0-9a-f]{32}$/i)
        .transform((md5) => md5.toLowerCase()),
    }),
  ),
});

/** @throws InventoryError */
export function parseInventory(text: string): Inventory {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? ` (${issue.path.join(".")}: ${issue.message})` : "";
    throw new InventoryError(`is not the manifest.json of an S3 Inventory${where}. Choose the manifest.json that stands beside its date`);
  }
  const { destinationBucket, fileFormat, fileSchema, files, sourceBucket } = parsed.data;
  if (/^orc$/i.test(fileFormat)) {
    throw new InventoryError(
      "names data files in ORC, which Longshore does not read: there is no well-kept reader for it. Have the inventory written as CSV or Parquet, and choose that one",
    );
  }
  const format = /^csv$/i.test(fileFormat) ? "CSV" : /^parquet$/i.test(fileFormat) ? "Parquet" : null;
  if (!format) throw new InventoryError(`names data files in ${JSON.stringify(fileFormat)}. Longshore reads CSV and Parquet`);
  // As an ARN or, of other tools, as a name.
  const bucket = parseS3Arn(destinationBucket)?.bucket ?? parseS3Arn(`arn:aws:s3:::${destinationBucket}`)?.bucket;
  if (bucket === undefined) throw new InventoryError("does not say in which bucket its data files are (destinationBucket)");
  if (files.length > maxFiles) throw new InventoryError(`names more than ${maxFiles.toLocaleString("en")} data files`);
  const columns = format === "CSV" ? fileSchema.split(",").map((name) => name.trim()) : [];
  if (format === "CSV") {
    for (const name of ["Bucket", "Key"]) {
      if (columns.filter((column) => column === name).length !== 1) {
        throw new InventoryError(`has files without the column ${name}: its fileSchema is "${fileSchema.slice(0, 200)}"`);
      }
    }
  }
  return { fileFormat: format, columns, sourceBucket, bucket, files: files.map(({ key, size, MD5checksum }) => ({ key, size, md5: MD5checksum })) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
