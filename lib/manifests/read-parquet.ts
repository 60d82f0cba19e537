import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { type FileMetaData, parquetMetadata, parquetSchema, type RowGroup, type SchemaTree } from "hyparquet";
import { parquetHeader, readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressLz4, decompressLz4Raw, decompressSnappy } from "hyparquet-compressors";
import type { InventoryRow } from "./inventory-task.ts";
import { RowError } from "./parse-row.ts";

type ColumnDecoder = Parameters<typeof readColumn>[2];
type Values = ReturnType<typeof readColumn>["data"][number];

/** A Parquet file of which parts can be read. */
export interface ParquetSource {
  /** Of the whole file. */
  bytes: number;
  /** @param end exclusive */
  read(start: number, end: number): Promise<Uint8Array>;
}

/*
 * A file says of itself how much is to be allocated for it, and a hostile one says anything. Each of these is checked before:
 * the footer's objects take some 60 times its bytes, and a page's values its size and eight bytes each.
 */
const maxFooterBytes = 8 * 1024 * 1024;
/** Compressed, of the columns that are read. */
const maxGroupBytes = 256 * 1024 * 1024;
const maxGroupRows = 50_000_000;
const maxPageBytes = 64 * 1024 * 1024;
const maxPageValues = 4_000_000;
/** Rows that are JavaScript values at a time. */
const windowRows = 50_000;

/** Columns of an inventory, as Parquet files name them. */
const columns = { bucket: "bucket", key: "key", version_id: "versionId", is_latest: "isLatest", is_delete_marker: "isDeleteMarker" } as const;
type Column = keyof typeof columns;

/** All but DELTA_BYTE_ARRAY, where a few bytes may stand for very many. */
const encodings = ["PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "DELTA_LENGTH_BYTE_ARRAY"];

/** Node's where it has them: they stop at the length that the header says. */
const compressors: ColumnDecoder["compressors"] = {
  SNAPPY: decompressSnappy,
  GZIP: (input, maxOutputLength) => gunzipSync(input, { maxOutputLength }),
  BROTLI: (input, maxOutputLength) => brotliDecompressSync(input, { maxOutputLength }),
  ZSTD: (input, maxOutputLength) => zstdDecompressSync(input, { maxOutputLength }),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};
const strict = new TextDecoder("utf-8", { fatal: true });
const parsers = { ...DEFAULT_PARSERS, stringFromBytes: (bytes: Uint8Array | undefined) => bytes && strict.decode(bytes) };

/**
 * Rows of a data file of an inventory in Parquet, some ten thousand at a time. Of each group of rows the columns that count are
 * read, and no more than one group is held.
 * @throws RowError for what is no such file; whatever the source throws
 */
export async function* readParquet(source: ParquetSource): AsyncGenerator<InventoryRow[]> {
  const metadata = await readFooter(source);
  const { wanted, tree } = understood(() => ({ wanted: columnsOf(metadata), tree: parquetSchema(metadata) }));
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (!(rows >= 0 && rows <= maxGroupRows)) throw new RowError(`lies behind a group of ${rows} rows; Longshore reads up to ${maxGroupRows}`);
    const chunks = understood(() => wanted.map((name) => chunkOf(name, group, tree, source.bytes)));
    if (chunks.reduce((sum, { start, end }) => sum + end - start, 0) > maxGroupBytes) {
      throw new RowError(`lies in a group of more than ${maxGroupBytes / 1024 ** 2} MB. Have the file written with smaller row groups`);
    }
    const held: { name: Column; bytes: Uint8Array; decoder: ColumnDecoder }[] = [];
    for (const { name, start, end, decoder } of chunks) {
      const bytes = await source.read(start, end);
      understood(() => checkPages(bytes, rows, decoder));
      held.push({ name, bytes, decoder });
    }
    for (let from = 0; from < rows; from += windowRows) {
      yield understood(() => readWindow(held, from, Math.min(rows, from + windowRows), rows));
    }
  }
}

/** What the library throws at data that are none becomes a word to the person. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RowError) throw error;
    throw new RowError(`could not be read: the Parquet data are damaged (${error instanceof Error ? error.message.slice(0, 200) : "no reason"})`);
  }
}

async function readFooter(source: ParquetSource): Promise<FileMetaData> {
  const noParquet = new RowError("could not be read: the file is not Parquet");
  if (source.bytes < 12) throw noParquet;
  const tail = Buffer.from(await source.read(source.bytes - 8, source.bytes));
  if (tail.length !== 8 || tail.toString("latin1", 4) !== "PAR1") throw noParquet;
  const length = tail.readUInt32LE(0);
  if (length > maxFooterBytes) throw new RowError(`could not be read: the file's footer has ${length} bytes, and Longshore reads up to ${maxFooterBytes}`);
  if (length > source.bytes - 12) throw noParquet;
  const footer = await source.read(source.bytes - 8 - length, source.bytes);
  return understood(() => parquetMetadata(new Uint8Array(footer), { geoparquet: false }));
}

/** The columns to read, of those at the top. */
function columnsOf(metadata: FileMetaData): Column[] {
  const names = parquetSchema(metadata).children.map((child) => child.element.name);
  const wanted = (Object.keys(columns) as Column[]).filter((name) => names.includes(name));
  for (const name of ["bucket", "key"] as const) {
    if (!wanted.includes(name)) {
      throw new RowError(`cannot be read: the file has no column "${name}", which an inventory has. It has ${names.slice(0, 20).join(", ").slice(0, 300)}`);
    }
  }
  return wanted;
}

function chunkOf(name: Column, group: RowGroup, tree: SchemaTree, fileBytes: number) {
  const meta = group.columns.find(({ meta_data: found }) => found?.path_in_schema.length === 1 && found.path_in_schema[0] === name)?.meta_data;
  const leaf = tree.children.find((child) => child.element.name === name);
  if (!meta || !leaf || leaf.children.length > 0 || leaf.element.repetition_type === "REPEATED") {
    throw new RowError(`cannot be read: the column "${name}" is not a plain one`);
  }
  const start = Math.min(Number(meta.data_page_offset), Number(meta.dictionary_page_offset || meta.data_page_offset));
  const end = start + Number(meta.total_compressed_size);
  if (!(start >= 4 && end > start && end <= fileBytes)) throw new RowError(`could not be read: the column "${name}" lies outside the file`);
  const decoder: ColumnDecoder = {
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    element: leaf.element,
    schemaPath: [tree, leaf],
    codec: meta.codec,
    parsers,
    ...(compressors && { compressors }),
  };
  return { name, start, end, decoder };
}

/** Looks at the headers of all pages before anything is allocated by what they say. */
function checkPages(bytes: Uint8Array, rows: number, { pathInSchema }: ColumnDecoder): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const damaged = (why: string) => new RowError(`could not be read: a page of the column "${pathInSchema[0]}" ${why}`);
  let values = 0;
  while (values < rows && reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const data = header.data_page_header ?? header.data_page_header_v2;
    const count = data?.num_values ?? header.dictionary_page_header?.num_values ?? 0;
    if (!(header.compressed_page_size >= 0 && reader.offset + header.compressed_page_size <= bytes.length)) throw damaged("goes past its end");
    if (!(header.uncompressed_page_size >= 0 && header.uncompressed_page_size <= maxPageBytes)) throw damaged(`has ${header.uncompressed_page_size} bytes`);
    if (!(count >= 0 && count <= maxPageValues)) throw damaged(`has ${count} values`);
    const encoding = data?.encoding ?? header.dictionary_page_header?.encoding ?? "";
    if (!encodings.includes(encoding)) throw damaged(`is encoded as ${encoding}, which Longshore does not read. Have the inventory written as CSV`);
    if (data) values += count;
    reader.offset += header.compressed_page_size;
  }
  if (values !== rows) throw damaged(`is missing or one too many: ${values} values where the group has ${rows} rows`);
}

function readWindow(held: readonly { name: Column; bytes: Uint8Array; decoder: ColumnDecoder }[], from: number, to: number, rows: number): InventoryRow[] {
  const found: InventoryRow[] = Array.from({ length: to - from }, () => ({ bucket: "", key: "" }));
  for (const { name, bytes, decoder } of held) {
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    const { data, skipped } = readColumn(reader, { groupStart: 0, selectStart: from, selectEnd: to, groupRows: rows }, decoder);
    let at = skipped;
    for (const page of data) {
      fill(found, columns[name], page, at - from);
      at += page.length;
    }
    if (at < to) throw new Error(`${at} values of ${to}`);
  }
  return found;
}

/** @param offset of the page's first value in the window; negative before it */
function fill(rows: InventoryRow[], member: (typeof columns)[Column], page: Values, offset: number): void {
  const end = Math.min(page.length, rows.length - offset);
  for (let index = Math.max(0, -offset); index < end; index += 1) {
    const value = page[index] as unknown;
    const row = rows[offset + index] as InventoryRow;
    if (member === "isLatest" || member === "isDeleteMarker") row[member] = value;
    else if (member === "versionId") row.versionId = textOf(member, value) ?? null;
    else row[member] = textOf(member, value) ?? "";
  }
}

function textOf(member: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new RowError(`lies near a ${member} that is no text`);
}
