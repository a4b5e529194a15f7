/** One column of a row group, page after page, into memory. */

import { Damaged } from '../damaged.ts'
import { joinStreams, readDeltas, readHybrid } from './encodings.ts'
import type { Chunk, ParquetColumn, Physical } from './metadata.ts'
import { type Budget, DICTIONARY, INDEX, levelsOf, readPageHeader, unpackPage } from './page.ts'
import { Thrift } from './thrift.ts'

/** Values of a column, a row each; of texts, where in `pool` they stand. */
export interface Values {
  readonly type: Physical
  readonly unsigned: boolean
  /** 1 where the row has no value. */
  readonly nulls: Uint8Array
  readonly numbers: Float64Array | Float32Array | Int32Array
  readonly large: BigInt64Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  pool: Uint8Array
  poolLength: number
}

const PLAIN = 0
const PLAIN_DICTIONARY = 2
const RLE = 3
const DELTA = 5
const DELTA_LENGTHS = 6
const RLE_DICTIONARY = 8
const STREAMS = 9

const WIDTHS: Readonly<Record<Physical, number>> = { boolean: 0, int32: 4, int64: 8, float: 4, double: 8, bytes: 0 }

function emptyValues(type: Physical, unsigned: boolean, rows: number): Values {
  const of = (wanted: Physical) => (type === wanted ? rows : 0)
  const numbers =
    type === 'double'
      ? new Float64Array(rows)
      : type === 'float'
        ? new Float32Array(rows)
        : new Int32Array(of('int32') + of('boolean'))
  return {
    ...{ type, unsigned, nulls: new Uint8Array(rows), numbers, large: new BigInt64Array(of('int64')) },
    ...{
      starts: new Int32Array(of('bytes')),
      ends: new Int32Array(of('bytes')),
      pool: new Uint8Array(0),
      poolLength: 0,
    },
  }
}

/** @throws Damaged, TooLarge */
export function readColumnChunk(
  bytes: Uint8Array,
  chunk: Chunk,
  column: ParquetColumn,
  rows: number,
  budget: Budget,
): Values {
  const type = column.type!
  const { dictionaryAt, dataAt, packed, codec } = chunk
  const start = dictionaryAt > 0 && dictionaryAt < dataAt ? dictionaryAt : dataAt
  const stop = start + packed
  if (!(start >= 4 && packed >= 0 && stop <= bytes.length - 8) || chunk.values !== rows) throw new Damaged()
  const out = emptyValues(type, column.unsigned, rows)
  let dictionary: Values | undefined
  let at = start
  for (let row = 0; row < rows; ) {
    const thrift = new Thrift(bytes, at, stop)
    const page = readPageHeader(thrift)
    at = thrift.pos + page.packed
    if (at > stop) throw new Damaged()
    if (page.type === INDEX) continue
    const body = bytes.subarray(thrift.pos, at)
    if (page.type === DICTIONARY) {
      if (dictionary || row > 0 || page.values < 0 || page.values > page.unpacked) throw new Damaged()
      if (page.encoding !== PLAIN && page.encoding !== PLAIN_DICTIONARY) throw new Damaged()
      const data = unpackPage(body, page.unpacked, codec, budget)
      dictionary = emptyValues(type, column.unsigned, page.values)
      readPlain(data, 0, dictionary, 0, page.values)
      continue
    }
    // A page without a value would cost nothing to write and time to pass.
    if (page.values < 1 || page.values > rows - row) throw new Damaged()
    const { data, from, present } = levelsOf(page, body, {
      column,
      codec,
      budget,
      nulls: out.nulls.subarray(row, row + page.values),
    })
    if (page.encoding === PLAIN_DICTIONARY || page.encoding === RLE_DICTIONARY) {
      if (!dictionary) throw new Damaged()
      fromDictionary(data, from, dictionary, out, row, present)
    } else if (present > 0) readEncoded(data, from, page.encoding, out, row, present)
    if (present < page.values) spread(out, row, page.values, present)
    row += page.values
  }
  if (dictionary && type === 'bytes' && dictionary.poolLength > 0) shareDictionary(out, dictionary)
  if (column.bits > 0) checkWidth(out, column)
  return out
}

/** Writers that put 300 into a column of 8 bits leave it to readers what that is. */
function checkWidth({ numbers, nulls }: Values, { unsigned, bits }: ParquetColumn): void {
  const [least, most] = unsigned ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  for (let row = 0; row < nulls.length; row++)
    if (nulls[row] === 0 && (numbers[row]! < least || numbers[row]! > most)) throw new Damaged()
}

function readEncoded(data: Uint8Array, from: number, encoding: number, out: Values, row: number, count: number): void {
  const { type } = out
  const width = WIDTHS[type]
  if (encoding === PLAIN) readPlain(data, from, out, row, count)
  else if (encoding === RLE && type === 'boolean') {
    if (data.length < from + 4) throw new Damaged()
    readHybrid(data, from + 4, data.length, 1, (out.numbers as Int32Array).subarray(row, row + count))
  } else if (encoding === STREAMS && width > 0)
    readPlain(joinStreams(data, from, data.length, count, width), 0, out, row, count)
  else if (encoding === DELTA && (type === 'int32' || type === 'int64')) {
    const { values } = readDeltas(data, from, data.length, count)
    if (type === 'int64') out.large.set(values, row)
    else for (let i = 0; i < count; i++) out.numbers[row + i] = Number(BigInt.asIntN(32, values[i]!))
  } else if (encoding === DELTA_LENGTHS && type === 'bytes') {
    const { values, end } = readDeltas(data, from, data.length, count)
    let at = end
    const base = addToPool(out, data)
    for (let i = 0; i < count; i++) {
      const length = Number(values[i])
      if (length < 0 || at + length > data.length) throw new Damaged()
      out.starts[row + i] = base + at
      at += length
      out.ends[row + i] = base + at
    }
  } else throw new Damaged()
}

function readPlain(data: Uint8Array, from: number, out: Values, row: number, count: number): void {
  const { type, numbers } = out
  if (type === 'bytes') {
    const base = addToPool(out, data)
    let at = from
    for (let i = 0; i < count; i++) {
      if (at + 4 > data.length) throw new Damaged()
      const length = data[at]! + data[at + 1]! * 256 + data[at + 2]! * 65536 + data[at + 3]! * 16777216
      at += 4
      if (length > data.length - at) throw new Damaged()
      out.starts[row + i] = base + at
      at += length
      out.ends[row + i] = base + at
    }
    return
  }
  if (type === 'boolean') {
    if (from + ((count + 7) >> 3) > data.length) throw new Damaged()
    for (let i = 0; i < count; i++) numbers[row + i] = (data[from + (i >> 3)]! >> (i & 7)) & 1
    return
  }
  if (from + count * WIDTHS[type] > data.length) throw new Damaged()
  const view = new DataView(data.buffer, data.byteOffset + from)
  if (type === 'double') for (let i = 0; i < count; i++) numbers[row + i] = view.getFloat64(8 * i, true)
  else if (type === 'float') for (let i = 0; i < count; i++) numbers[row + i] = view.getFloat32(4 * i, true)
  else if (type === 'int32') for (let i = 0; i < count; i++) numbers[row + i] = view.getInt32(4 * i, true)
  else for (let i = 0; i < count; i++) out.large[row + i] = view.getBigInt64(8 * i, true)
}

function addToPool(out: Values, data: Uint8Array): number {
  const base = out.poolLength
  if (base + data.length > out.pool.length) {
    const pool = new Uint8Array(Math.max(base + data.length, out.pool.length * 2))
    pool.set(out.pool.subarray(0, base))
    out.pool = pool
  }
  out.pool.set(data, base)
  out.poolLength += data.length
  return base
}

/** Texts of a dictionary stand before what pages hold themselves: until then they have places below zero. */
function fromDictionary(
  data: Uint8Array,
  from: number,
  dictionary: Values,
  out: Values,
  row: number,
  count: number,
): void {
  if (count === 0) return
  if (from >= data.length) throw new Damaged()
  const places = new Int32Array(count)
  readHybrid(data, from + 1, data.length, data[from]!, places)
  const size = dictionary.nulls.length
  const { type } = out
  for (let i = 0; i < count; i++) {
    const place = places[i]!
    if (place >= size || place < 0) throw new Damaged()
    if (type === 'bytes') {
      out.starts[row + i] = dictionary.starts[place]! - dictionary.poolLength
      out.ends[row + i] = dictionary.ends[place]! - dictionary.poolLength
    } else if (type === 'int64') out.large[row + i] = dictionary.large[place]!
    else out.numbers[row + i] = dictionary.numbers[place]!
  }
}

function shareDictionary(out: Values, { pool, poolLength }: Values): void {
  const all = new Uint8Array(poolLength + out.poolLength)
  all.set(pool.subarray(0, poolLength))
  all.set(out.pool.subarray(0, out.poolLength), poolLength)
  out.pool = all
  out.poolLength = all.length
  for (let i = 0; i < out.starts.length; i++) {
    out.starts[i]! += poolLength
    out.ends[i]! += poolLength
  }
}

/** Moves the values of a page to the rows that have one, the last first. */
function spread(out: Values, row: number, rows: number, present: number): void {
  let from = row + present - 1
  for (let to = row + rows - 1; to >= row; to--) {
    if (out.nulls[to] === 1) continue
    if (out.type === 'bytes') {
      out.starts[to] = out.starts[from]!
      out.ends[to] = out.ends[from]!
    } else if (out.type === 'int64') out.large[to] = out.large[from]!
    else out.numbers[to] = out.numbers[from]!
    from--
  }
}
