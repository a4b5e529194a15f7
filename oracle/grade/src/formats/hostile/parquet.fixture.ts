/** Hostile and damaged Parquet files. */

import { gzipSync } from 'node:zlib'
import { doubles, int32s, parquetOf, structOf, texts } from '../parquet/write.fixture.ts'
import { type Case, join, only, utf8 } from './common.fixture.ts'
import { changed, frame, large, repeated, zeros } from './packed.fixture.ts'

const ids = { name: 'id', type: 1, pages: [{ values: 2, body: int32s(1, 2) }] }
const ps = { name: 'p', type: 5, pages: [{ values: 2, body: doubles(0.5, 1) }] }
const ls = { name: 'label', type: 6, pages: [{ values: 2, body: texts('cat', 'dog') }] }
const file = (p: object, rows = 2) => parquetOf([ids, { ...ps, ...p }, ls], rows)
const plain = file({})
const narrow = (value: number, of: object) => file({ type: 1, pages: [{ values: 2, body: int32s(0, value) }], ...of })
const damaged = ['bad_parquet', null, null] as const
const damagedIn = (column: string) => ['bad_parquet', null, column] as const
/** A dictionary of one value, which all rows have: a run of any length takes a few bytes. */
const same = (rows: number, body: readonly number[]) => [
  { type: 2, values: 1, body, encoding: 0 },
  { values: rows, encoding: 8, body: [1, ...run(rows), 0] },
]
const run = (count: number): number[] => {
  const out: number[] = []
  for (let left = count * 2; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...out, left]
    out.push((left % 128) + 128)
  }
}
const wide = (rows: number) =>
  parquetOf(
    [
      { name: 'id', type: 1, pages: same(rows, int32s(1)) },
      { name: 'p', type: 5, pages: same(rows, doubles(0.5)) },
      { name: 'label', type: 6, pages: same(rows, texts('cat')) },
    ],
    rows,
  )
const end = (footer: readonly number[]): Uint8Array => join(utf8('PAR1'), footer, int32s(footer.length), utf8('PAR1'))

export const parquet: readonly Case[] = [
  ['a plain file', plain, 'fine'],
  [
    'a dictionary',
    file({
      pages: [
        { type: 2, values: 2, body: doubles(0.5, 1) },
        { values: 2, encoding: 8, body: [1, 3, 2] },
      ],
    }),
    'fine',
  ],
  ['numbers of 8 bits', narrow(255, { converted: 11 }), 'fine'],
  ['300 in unsigned 8 bits', narrow(300, { converted: 11 }), damagedIn('p')],
  ['-1 in unsigned 8 bits', narrow(-1, { converted: 11 }), damagedIn('p')],
  ['128 in 8 bits', narrow(128, { converted: 15 }), damagedIn('p')],
  ['70,000 in unsigned 16 bits', narrow(70_000, { converted: 12 }), damagedIn('p')],
  ['300 in unsigned 8 bits, as newer files say it', narrow(300, { integer: [8, false] }), damagedIn('p')],
  ['-200 in 8 bits, as newer files say it', narrow(-200, { integer: [8, true] }), damagedIn('p')],
  ['500 in 32 bits', narrow(500, { integer: [32, true] }), 'fine'],
  ['its magic alone', plain.subarray(0, 4), damaged],
  ['cut off', plain.subarray(0, -5), damaged],
  ['without its end', plain.subarray(0, -4), damaged],
  ['twelve bytes', join(utf8('PAR1'), int32s(0), utf8('PAR1')), damaged],
  ['a footer larger than the file', changed(plain, -7, 255), damaged],
  ['an encrypted footer', join(plain.subarray(0, -4), utf8('PARE')), damaged],
  ['a footer of nothing', end([0]), damaged],
  ['a schema of 2^31 elements', end([0x19, 0xfc, 255, 255, 255, 255, 7]), damaged],
  ['a list of 2^31 truth values', end([0x19, 0xf1, 255, 255, 255, 255, 7, 0]), damaged],
  ['structs in each other, 100,000 deep', end(new Array(1e5).fill(0x1c)), damaged],
  ['lists in each other', end([0x59, ...new Array(5000).fill(0x19)]), damaged],
  ['a number that never ends', end([0x36, ...new Array(100).fill(255)]), damaged],
  ['a field of an unknown type', end([0x1e, 0]), damaged],
  [
    'a name beyond the end',
    end(structOf([[2, { list: [{ struct: [[4, 'x'.repeat(9)]] }] }]]).map((b) => (b === 9 ? 250 : b))),
    damaged,
  ],
  ['fewer rows than it says', parquetOf([ids, ps, ls], 2, { rows: 3 }), damaged],
  ['rows below zero', parquetOf([ids, ps, ls], 2, { rows: -1 }), damaged],
  ['a column of another file', file({ values: 3 }), damagedIn('p')],
  ['a page outside of the file', file({ dataAt: 1e9 }), damagedIn('p')],
  ['a page before its beginning', file({ dataAt: 0 }), damagedIn('p')],
  ['a chunk of negative size', file({ packed: -5 }), damagedIn('p')],
  ['a chunk beyond the end', file({ packed: 1e6 }), damagedIn('p')],
  ['no pages', file({ pages: [] }), damagedIn('p')],
  ['a page of no values', file({ pages: [{ values: 0, body: [] }, ...ps.pages] }), damagedIn('p')],
  ['a page of more values than rows', file({ pages: [{ values: 1e9, body: doubles(1, 2) }] }), damagedIn('p')],
  ['a page of values below zero', file({ pages: [{ values: -2, body: doubles(1, 2) }] }), damagedIn('p')],
  ['a page with less than it says', file({ pages: [{ values: 2, body: doubles(1) }] }), damagedIn('p')],
  ['a page of another kind', file({ pages: [{ type: 9, values: 2, body: doubles(1, 2) }] }), damagedIn('p')],
  [
    'a page that unpacks to 2 GiB',
    file({ pages: [{ values: 2, body: doubles(1, 2), unpacked: 2 ** 31 - 1 }] }),
    ['unpacks_too_large', null, 'p'],
  ],
  [
    'a page that unpacks to less than nothing',
    file({ pages: [{ values: 2, body: doubles(1, 2), unpacked: -1 }] }),
    damagedIn('p'),
  ],
  ['a page of another size', file({ pages: [{ values: 2, body: doubles(1, 2), unpacked: 17 }] }), damagedIn('p')],
  ['an unknown encoding', file({ pages: [{ values: 2, body: doubles(1, 2), encoding: 99 }] }), damagedIn('p')],
  ['an encoding that is not read', file({ pages: [{ values: 2, body: doubles(1, 2), encoding: 7 }] }), damagedIn('p')],
  ['an unknown packing', file({ codec: 9 }), damagedIn('p')],
  ['LZO', file({ codec: 3 }), damagedIn('p')],
  ['Snappy of nothing', file({ codec: 1, pages: [{ values: 2, body: [], unpacked: 16 }] }), damagedIn('p')],
  [
    'Snappy that says 4 GiB',
    file({ codec: 1, pages: [{ values: 2, body: [255, 255, 255, 255, 15], unpacked: 16 }] }),
    damagedIn('p'),
  ],
  [
    'Snappy that copies from before its beginning',
    file({ codec: 1, pages: [{ values: 2, body: [16, 0x01, 0xff], unpacked: 16 }] }),
    damagedIn('p'),
  ],
  [
    'Snappy that writes too much',
    file({ codec: 1, pages: [{ values: 2, body: [16, 0, 1, 0xfe, 1, 0], unpacked: 16 }] }),
    damagedIn('p'),
  ],
  [
    'gzip that unpacks to more',
    file({ codec: 2, pages: [{ values: 2, body: gzipSync(zeros(1e6)), unpacked: 16 }] }),
    damagedIn('p'),
  ],
  ['gzip that is none', file({ codec: 2, pages: [{ values: 2, body: doubles(1, 2), unpacked: 16 }] }), damagedIn('p')],
  [
    'Zstandard that unpacks to more',
    file({ codec: 6, pages: [{ values: 2, body: frame(...repeated(9, 1)), unpacked: 16 }] }),
    damagedIn('p'),
  ],
  [
    'a place in a dictionary that is not there',
    file({ pages: [{ values: 2, encoding: 8, body: [1, 4, 0] }] }),
    damagedIn('p'),
  ],
  [
    'a place behind the end of a dictionary',
    file({
      pages: [
        { type: 2, values: 1, body: doubles(1) },
        { values: 2, encoding: 8, body: [8, 4, 9] },
      ],
    }),
    damagedIn('p'),
  ],
  [
    'places of 33 bits',
    file({
      pages: [
        { type: 2, values: 1, body: doubles(1) },
        { values: 2, encoding: 8, body: [33, 4, 0, 0, 0, 0, 0] },
      ],
    }),
    damagedIn('p'),
  ],
  [
    'two dictionaries',
    file({ pages: [{ type: 2, values: 1, body: doubles(1) }, { type: 2, values: 1, body: doubles(1) }, ...ps.pages] }),
    damagedIn('p'),
  ],
  [
    'a dictionary of 2^31 values',
    file({ pages: [{ type: 2, values: 2 ** 31 - 1, body: doubles(1) }, ...ps.pages] }),
    damagedIn('p'),
  ],
  [
    'a dictionary of fewer values than none',
    file({ pages: [{ type: 2, values: -9, body: doubles(1) }, ...ps.pages] }),
    damagedIn('p'),
  ],
  [
    'runs of nothing, again and again',
    file({
      pages: [
        { type: 2, values: 1, body: doubles(1) },
        { values: 2, encoding: 8, body: [1, ...new Array(1e5).fill(0)] },
      ],
    }),
    damagedIn('p'),
  ],
  [
    'differences of 2^31 values',
    file({ type: 1, pages: [{ values: 2, encoding: 5, body: [128, 1, 4, 255, 255, 255, 255, 7, 0] }] }),
    damagedIn('p'),
  ],
  [
    'differences in blocks of nothing',
    file({ type: 1, pages: [{ values: 2, encoding: 5, body: [0, 0, 2, 0] }] }),
    damagedIn('p'),
  ],
  [
    'differences of 255 bits',
    file({ type: 1, pages: [{ values: 2, encoding: 5, body: [128, 1, 4, 2, 0, 0, 255, 255, 255, 255] }] }),
    damagedIn('p'),
  ],
  [
    'a text longer than its page',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: [...int32s(2 ** 30), 97] }] }], 2),
    damagedIn('label'),
  ],
  [
    'a text of negative length',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: [...int32s(-1), 97] }] }], 2),
    damagedIn('label'),
  ],
  [
    'levels beyond their page',
    file({ optional: true, pages: [{ values: 2, body: [...int32s(999), 0] }] }),
    damagedIn('p'),
  ],
  ['no levels', file({ optional: true, pages: [{ values: 2, body: [] }] }), damagedIn('p')],
  [
    'a missing value',
    file({ optional: true, pages: [{ values: 2, body: [...int32s(2), 3, 1, ...doubles(1)] }] }),
    ['empty_value', 2, 'p'],
  ],
  ['NaN', file({ pages: [{ values: 2, body: doubles(1, Number.NaN) }] }), ['not_finite', 2, 'p']],
  ['infinity', file({ pages: [{ values: 2, body: doubles(1, Number.NEGATIVE_INFINITY) }] }), ['not_finite', 2, 'p']],
  ['a number out of range', file({ pages: [{ values: 2, body: doubles(1, 1000.1) }] }), ['out_of_range', 2, 'p']],
  [
    'an id twice',
    parquetOf([{ ...ids, pages: [{ values: 2, body: int32s(1, 1) }] }, ps, ls], 2),
    ['duplicate_id', 2, 'id'],
  ],
  [
    'a label that is not allowed',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: texts('cat', 'fish') }] }], 2),
    ['unknown_label', 2, 'label'],
  ],
  [
    'a label with a NUL',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: texts('cat', 'd\0g') }] }], 2),
    ['nul_byte', 2, 'label'],
  ],
  [
    'a label that is not UTF-8',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: [...texts('cat'), ...int32s(1), 0xe9] }] }], 2),
    ['bad_utf8', 2, 'label'],
  ],
  [
    'a text of 5,000 characters',
    parquetOf([ids, ps, { ...ls, pages: [{ values: 2, body: texts('cat', 'x'.repeat(5000)) }] }], 2),
    ['field_too_long', 2, 'label'],
  ],
  ['a column twice', parquetOf([ids, ps, ls, ls], 2), ['duplicate_column', 1, 'label']],
  ['a column too many', parquetOf([ids, ps, ls, { ...ls, name: 'x' }], 2), ['unexpected_column', 1, '#4']],
  ['a column too few', parquetOf([ids, ps], 2), ['missing_column', 1, 'label']],
  [
    '1,100 columns',
    parquetOf(
      Array.from({ length: 1100 }, (_, i) => ({ ...ps, name: `c${i}` })),
      2,
    ),
    ['too_many_columns', null, null],
  ],
  ['no columns', parquetOf([], 0), ['missing_column', 1, 'id']],
  [
    'no rows',
    parquetOf(
      [ids, ps, ls].map((one) => ({ ...one, pages: [] })),
      0,
    ),
    ['no_rows', null, null],
  ],
  ['a type that is not read (INT96)', file({ type: 3 }), damagedIn('p')],
  ['an unknown type', file({ type: 77 }), damagedIn('p')],
  ['2^53 rows', parquetOf([ids, ps, ls], 2 ** 53), ['too_many_rows', null, null]],
  ['11 million equal rows', wide(11_000_000), ['too_many_rows', null, null]],
  ['9 million equal rows', wide(9_000_000), large],
  ['2 million equal rows, of which the text is too long', wide(2_000_000), ['unpacks_too_large', null, null]],
  [
    'a text of 4,000 characters in each of 2 million rows',
    parquetOf(
      [
        { name: 'id', type: 1, pages: same(2e6, int32s(1)) },
        { name: 'p', type: 5, pages: same(2e6, doubles(0.5)) },
        { name: 'label', type: 6, pages: same(2e6, texts('x'.repeat(4000))) },
      ],
      2e6,
    ),
    ['unknown_label', 1, 'label'],
  ],
  ['a Parquet file where a CSV is asked for', plain, ['not_text', null, null], only('csv')],
  ['a Parquet file where a packed CSV is asked for', plain, ['wrong_format', null, null], only('csv.gz')],
  ['a packed Parquet file', gzipSync(plain), ['wrong_format', null, null]],
]
