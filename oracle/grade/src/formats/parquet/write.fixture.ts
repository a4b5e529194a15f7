/** Writes small Parquet files for tests, also ones that no honest writer would make: every number can be another one than is true. */

type Field = readonly [id: number, value: Value]
type Value =
  | number
  | string
  | boolean
  | Uint8Array
  | { struct: readonly Field[] }
  | { byte: number }
  | { list: readonly Value[]; size?: number }

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
const zigzag = (value: number): number[] => varint(value < 0 ? -2 * value - 1 : 2 * value)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function typeOf(value: Value): number {
  if (typeof value === 'boolean') return value ? 1 : 2
  if (typeof value === 'number') return 6
  if (typeof value === 'string' || value instanceof Uint8Array) return 8
  if ('byte' in value) return 3
  return 'struct' in value ? 12 : 9
}

function bytesOf(value: Value): number[] {
  if (typeof value === 'boolean') return []
  if (typeof value === 'number') return zigzag(value)
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const bytes = typeof value === 'string' ? utf8(value) : value
    return [...varint(bytes.length), ...bytes]
  }
  if ('struct' in value) return structOf(value.struct)
  if ('byte' in value) return [value.byte]
  const { list, size = list.length } = value
  return [0xf0 | (list.length > 0 ? typeOf(list[0]!) : 1), ...varint(size), ...list.flatMap(bytesOf)]
}

export function structOf(fields: readonly Field[]): number[] {
  let last = 0
  const bytes = fields.flatMap(([id, value]) => {
    const step = id - last
    last = id
    const type = typeOf(value)
    return [...(step > 0 && step < 16 ? [(step << 4) | type] : [type, ...zigzag(id)]), ...bytesOf(value)]
  })
  return [...bytes, 0]
}

export interface PageOf {
  /** 0 data, 2 dictionary, 3 data of version 2. */
  type?: number
  values: number
  encoding?: number
  body: readonly number[] | Uint8Array
  unpacked?: number
  packed?: number
}

export interface ColumnOf {
  name: string
  /** 1 INT32, 2 INT64, 5 DOUBLE, 6 BYTE_ARRAY. */
  type: number
  optional?: boolean
  children?: number
  /** 11 UINT_8 to 18 INT_64, as older files have it. */
  converted?: number
  /** The same as newer ones have it: how many bits, and whether there is a sign. */
  integer?: readonly [bits: number, signed: boolean]
  pages: readonly PageOf[]
  codec?: number
  values?: number
  dataAt?: number
  packed?: number
}

export function parquetOf(
  columns: readonly ColumnOf[],
  rows: number,
  more: { rows?: number; footer?: readonly Field[] } = {},
): Uint8Array {
  const out: number[] = [...utf8('PAR1')]
  const chunks = columns.map(({ type, pages, codec = 0, values = rows, name, dataAt, packed }) => {
    const at = out.length
    for (const page of pages) {
      const {
        type: kind = 0,
        body,
        unpacked = body.length,
        packed: size = body.length,
        encoding = 0,
        values: count,
      } = page
      const about: Field = [
        kind === 2 ? 7 : kind === 3 ? 8 : 5,
        kind === 3
          ? {
              struct: [
                [1, count],
                [2, 0],
                [3, count],
                [4, encoding],
                [5, 0],
                [6, 0],
                [7, codec > 0],
              ],
            }
          : {
              struct:
                kind === 2
                  ? [
                      [1, count],
                      [2, encoding],
                    ]
                  : [
                      [1, count],
                      [2, encoding],
                      [3, 3],
                      [4, 3],
                    ],
            },
      ]
      out.push(...structOf([[1, kind], [2, unpacked], [3, size], about]))
      for (const byte of body) out.push(byte)
    }
    const length = out.length - at
    return { type, name, codec, values, dataAt: dataAt ?? at, packed: packed ?? length }
  })
  const schema: Value[] = [
    {
      struct: [
        [4, 'schema'],
        [5, columns.length],
      ],
    },
    ...columns.map(
      ({ name, type, optional, children, converted, integer }): Value => ({
        struct: [
          ...(children ? [] : [[1, type] as Field]),
          [3, optional ? 1 : 0],
          [4, name],
          ...(children ? [[5, children] as Field] : []),
          ...(converted === undefined ? [] : [[6, converted] as Field]),
          ...(integer
            ? [
                [
                  10,
                  {
                    struct: [
                      [
                        10,
                        {
                          struct: [
                            [1, { byte: integer[0] }],
                            [2, integer[1]],
                          ],
                        },
                      ],
                    ],
                  },
                ] as Field,
              ]
            : []),
        ],
      }),
    ),
  ]
  const group: Value = {
    struct: [
      [
        1,
        {
          list: chunks.map(
            ({ type, name, codec, values, dataAt, packed }): Value => ({
              struct: [
                [2, 0],
                [
                  3,
                  {
                    struct: [
                      [1, type],
                      [2, { list: [0] }],
                      [3, { list: [name] }],
                      [4, codec],
                      [5, values],
                      [6, packed],
                      [7, packed],
                      [9, dataAt],
                    ],
                  },
                ],
              ],
            }),
          ),
        },
      ],
      [2, 0],
      [3, rows],
    ],
  }
  const footer = structOf([
    [1, 1],
    [2, { list: schema }],
    [3, more.rows ?? rows],
    [4, { list: [group] }],
    ...(more.footer ?? []),
  ])
  const size = [0, 8, 16, 24].map((shift) => (footer.length >> shift) & 255)
  return Uint8Array.from([...out, ...footer, ...size, ...utf8('PAR1')])
}

/** Plain values. */
export const int32s = (...values: readonly number[]): number[] =>
  values.flatMap((v) => [0, 8, 16, 24].map((s) => (v >> s) & 255))
export const doubles = (...values: readonly number[]): number[] => [...new Uint8Array(Float64Array.from(values).buffer)]
export const texts = (...values: readonly string[]): number[] =>
  values.flatMap((text) => [...int32s(utf8(text).length), ...utf8(text)])
