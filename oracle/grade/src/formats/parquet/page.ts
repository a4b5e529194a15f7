/** One page of a column: its header, its bytes unpacked, and which of its rows have a value. */

import { Damaged, TooLarge } from '../damaged.ts'
import { gunzip } from '../gzip.ts'
import { unzstd } from '../zstd/frame.ts'
import { readHybrid } from './encodings.ts'
import type { ParquetColumn } from './metadata.ts'
import { unsnappy } from './snappy.ts'
import type { Thrift } from './thrift.ts'

/** How many bytes pages may still unpack to, in all of the file. */
export interface Budget {
  left: number
}

export const DATA = 0
export const INDEX = 1
export const DICTIONARY = 2
export const DATA_V2 = 3

const RLE = 3

export interface Page {
  type: number
  unpacked: number
  packed: number
  values: number
  encoding: number
  levels: number
  repetitionBytes: number
  levelBytes: number
  isPacked: boolean
}

export function readPageHeader(thrift: Thrift): Page {
  const page: Page = {
    ...{ type: -1, unpacked: -1, packed: -1, values: -1, encoding: -1, levels: RLE, repetitionBytes: 0, levelBytes: 0 },
    isPacked: true,
  }
  thrift.struct((id) => {
    if (id === 1) page.type = thrift.integer()
    else if (id === 2) page.unpacked = thrift.integer()
    else if (id === 3) page.packed = thrift.integer()
    else if (id === 5 || id === 7)
      thrift.struct((field) => {
        if (field === 1) page.values = thrift.integer()
        else if (field === 2) page.encoding = thrift.integer()
        else if (field === 3 && id === 5) page.levels = thrift.integer()
        else return false
        return true
      })
    else if (id === 8)
      thrift.struct((field, type) => {
        if (field === 1) page.values = thrift.integer()
        else if (field === 4) page.encoding = thrift.integer()
        else if (field === 5) page.levelBytes = thrift.integer()
        else if (field === 6) page.repetitionBytes = thrift.integer()
        else if (field === 7) page.isPacked = type === 1
        else return false
        return true
      })
    else return false
    return true
  })
  const known = page.type === DATA || page.type === INDEX || page.type === DICTIONARY || page.type === DATA_V2
  if (!known || page.unpacked < 0 || page.packed < 0) throw new Damaged()
  return page
}

export function unpackPage(body: Uint8Array, size: number, codec: number, budget: Budget): Uint8Array {
  budget.left -= size
  if (budget.left < 0) throw new TooLarge()
  let data = body
  if (codec === 1) data = whole(unsnappy, body, size)
  else if (codec === 2) data = whole(gunzip, body, size)
  else if (codec === 6) data = whole(unzstd, body, size)
  else if (codec !== 0) throw new Damaged()
  if (data.length !== size) throw new Damaged()
  return data
}

/** A page that unpacks to more than its header states is damaged, not too large. */
function whole(how: (bytes: Uint8Array, limit: number) => Uint8Array, body: Uint8Array, size: number): Uint8Array {
  try {
    return how(body, size)
  } catch {
    throw new Damaged()
  }
}

/** Finds the values behind the levels, and marks the rows without one. */
export function levelsOf(
  page: Page,
  body: Uint8Array,
  { column, codec, budget, nulls }: { column: ParquetColumn; codec: number; budget: Budget; nulls: Uint8Array },
): { data: Uint8Array; from: number; present: number } {
  let data: Uint8Array
  let from = 0
  let levels: { bytes: Uint8Array; start: number; end: number } | undefined
  if (page.type === DATA_V2) {
    const head = page.levelBytes
    if (page.repetitionBytes !== 0 || head < 0 || head > body.length || head > page.unpacked) throw new Damaged()
    if (column.optional) levels = { bytes: body, start: 0, end: head }
    const rest = body.subarray(head)
    const size = page.unpacked - head
    data = size === 0 ? rest.subarray(0, 0) : unpackPage(rest, size, page.isPacked ? codec : 0, budget)
  } else {
    data = unpackPage(body, page.unpacked, codec, budget)
    if (column.optional) {
      if (page.levels !== RLE || data.length < 4) throw new Damaged()
      const size = new DataView(data.buffer, data.byteOffset).getUint32(0, true)
      if (size > data.length - 4) throw new Damaged()
      levels = { bytes: data, start: 4, end: 4 + size }
      from = 4 + size
    }
  }
  if (!levels) return { data, from, present: page.values }
  readHybrid(levels.bytes, levels.start, levels.end, 1, nulls)
  let present = 0
  for (let i = 0; i < nulls.length; i++) {
    if (nulls[i]! > 1) throw new Damaged()
    present += nulls[i]!
    nulls[i] = 1 - nulls[i]!
  }
  return { data, from, present }
}
