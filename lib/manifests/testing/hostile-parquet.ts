/** Values of Thrift's compact protocol, by the field's number. */
type Struct = [number, Value][];
type Value = { i32: number } | { i64: number } | { text: string } | { struct: Struct } | { structs: Struct[] } | { texts: string[] } | { i32s: number[] };

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]);
const zigzag = (value: number): number[] => varint(value < 0 ? -2 * value - 1 : 2 * value);
const text = (value: string): number[] => [...varint(Buffer.byteLength(value)), ...Buffer.from(value)];
const list = (type: number, items: number[][]): number[] => [
  ...(items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(items.length)]),
  ...items.flat(),
];

function encode(fields: Struct): number[] {
  let before = 0;
  const bytes = fields.flatMap(([id, value]) => {
    const [type, encoded] = encodeValue(value);
    const header = ((id - before) << 4) | type;
    before = id;
    return [header, ...encoded];
  });
  return [...bytes, 0];
}

function encodeValue(value: Value): [number, number[]] {
  if ("i32" in value) return [5, zigzag(value.i32)];
  if ("i64" in value) return [6, zigzag(value.i64)];
  if ("text" in value) return [8, text(value.text)];
  if ("struct" in value) return [12, encode(value.struct)];
  if ("structs" in value) return [9, list(12, value.structs.map(encode))];
  if ("texts" in value) return [9, list(8, value.texts.map(text))];
  return [9, list(5, value.i32s.map(zigzag))];
}

export interface Claims {
  /** Of the group, and of the file. */
  rows: number;
  /** Of each page's header. */
  pageValues: number;
  pageBytes: number;
  compressedBytes: number;
  /** 0: PLAIN, 7: DELTA_BYTE_ARRAY. */
  encoding: number;
  chunkBytes: number;
  chunkOffset: number;
  /** 0: none, 2: GZIP, 6: ZSTD. */
  codec: number;
  /** What stands in place of the values. */
  body: Uint8Array;
}

const plain = (values: readonly string[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(value.length);
      return Buffer.concat([length, Buffer.from(value)]);
    }),
  );

/** A Parquet file with one group of the columns bucket and key, whose headers say what they are told to. */
export function hostileParquet(claims: Partial<Claims> = {}): Buffer {
  const pieces: Buffer[] = [Buffer.from("PAR1")];
  let offset = 4;
  const chunks = [plain(["data", "data"]), plain(["a", "b"])].map((values) => {
    const body = Buffer.from(claims.body ?? values);
    const page = Buffer.from(
      encode([
        [1, { i32: 0 }],
        [2, { i32: claims.pageBytes ?? body.length }],
        [3, { i32: claims.compressedBytes ?? body.length }],
        [
          5,
          {
            struct: [
              [1, { i32: claims.pageValues ?? 2 }],
              [2, { i32: claims.encoding ?? 0 }],
              [3, { i32: 3 }],
              [4, { i32: 3 }],
            ],
          },
        ],
      ]),
    );
    const chunk = { offset, bytes: page.length + body.length };
    pieces.push(page, body);
    offset += chunk.bytes;
    return chunk;
  });
  const column = (name: string, { offset: at, bytes }: { offset: number; bytes: number }): Struct => [
    [2, { i64: at }],
    [
      3,
      {
        struct: [
          [1, { i32: 6 }],
          [2, { i32s: [0] }],
          [3, { texts: [name] }],
          [4, { i32: claims.codec ?? 0 }],
          [5, { i64: 2 }],
          [6, { i64: bytes }],
          [7, { i64: claims.chunkBytes ?? bytes }],
          [9, { i64: claims.chunkOffset ?? at }],
        ],
      },
    ],
  ];
  const leaf = (name: string): Struct => [
    [1, { i32: 6 }],
    [3, { i32: 0 }],
    [4, { text: name }],
    [6, { i32: 0 }],
  ];
  const rows = claims.rows ?? 2;
  const footer = Buffer.from(
    encode([
      [1, { i32: 1 }],
      [
        2,
        {
          structs: [
            [
              [4, { text: "root" }],
              [5, { i32: 2 }],
            ],
            leaf("bucket"),
            leaf("key"),
          ],
        },
      ],
      [3, { i64: rows }],
      [
        4,
        {
          structs: [
            [
              [1, { structs: [column("bucket", chunks[0] as (typeof chunks)[number]), column("key", chunks[1] as (typeof chunks)[number])] }],
              [2, { i64: 100 }],
              [3, { i64: rows }],
            ],
          ],
        },
      ],
    ]),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...pieces, footer, length, Buffer.from("PAR1")]);
}
