import type { S3Client } from "@aws-sdk/client-s3";
import { s3Path } from "#lib/browse/s3-location.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { LeftOut } from "#lib/jobs/left-out.ts";
import { createInventoryParser, inventoryTask, type LeftOutReason } from "#lib/manifests/inventory-task.ts";
import { type Inventory, InventoryError, type InventoryFile, parseInventory } from "#lib/manifests/parse-inventory.ts";
import { RowError } from "#lib/manifests/parse-row.ts";
import { readParquet } from "#lib/manifests/read-parquet.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { TaskWriter } from "#lib/manifests/write-tasks.ts";
import type { Task } from "#lib/operations/operation.ts";
import { openDataFile, openParts } from "./read-data-file.ts";
import { textOf } from "./read-manifest.ts";

/**
 * Writes the objects of an S3 Inventory, whose manifest.json this is. Each data file is checked against its MD5.
 * @param onRows told now and then how many objects there are
 * @returns what of it is no task
 * @throws JobFailure that names the file and its first wrong row
 */
export async function readInventory(s3: S3Client, text: string, address: string, writer: TaskWriter, onRows: (rows: number) => void): Promise<LeftOut[]> {
  const inventory = parsed(text, address);
  const leftOut = new Map<LeftOutReason, number>();
  for (const file of inventory.files) {
    let row = 0;
    const take = (found: Task | LeftOutReason) => {
      if (typeof found === "string") leftOut.set(found, (leftOut.get(found) ?? 0) + 1);
      else writer.add(found);
    };
    const read = inventory.fileFormat === "CSV" ? readCsv : readParquetFile;
    try {
      for await (const rows of read(s3, inventory, file)) {
        for (const next of rows) {
          row += 1;
          take(next());
        }
        await writer.flush();
        onRows(writer.rows);
      }
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new JobFailure("InvalidManifest", `Row ${Math.max(1, row).toLocaleString("en")} of ${s3Path(inventory.bucket, file.key)} ${error.message}.`);
    }
  }
  return [...leftOut].map(([reason, count]) => ({ reason, count }));
}

function parsed(text: string, address: string): Inventory {
  try {
    return parseInventory(text);
  } catch (error) {
    if (error instanceof InventoryError) throw new JobFailure("InvalidManifest", `${address} ${error.message}.`);
    throw error;
  }
}

/** Rows that are read once they are called, in batches, so that a row costs no await. */
type Rows = Iterable<() => Task | LeftOutReason>;

async function* readCsv(s3: S3Client, { bucket, columns }: Inventory, { key, md5 }: InventoryFile): AsyncGenerator<Rows> {
  const parse = createInventoryParser(columns);
  const file = await openDataFile(s3, { bucket, key, md5 });
  try {
    const text = await textOf(file.pieces);
    for await (const lines of splitLines(text.pieces)) {
      yield (function* () {
        while (lines.next()) yield () => parse(lines.text);
      })();
    }
    file.verify();
  } finally {
    file.close();
  }
}

async function* readParquetFile(s3: S3Client, { bucket }: Inventory, { key, md5 }: InventoryFile): AsyncGenerator<Rows> {
  for await (const rows of readParquet(await openParts(s3, { bucket, key, md5 }))) {
    yield rows.map((row) => () => inventoryTask(row));
  }
}
