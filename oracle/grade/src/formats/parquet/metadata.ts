/** The footer of a Parquet file: its columns and where their pages are. */

import { utf8Text } from '../../csv/utf8.ts'
import { Damaged } from '../damaged.ts'
import { Thrift } from './thrift.ts'

/** Physical types that are read. */
export type Physical = 'boolean' | 'int32' | 'int64' | 'float' | 'double' | 'bytes'
const PHYSICAL: readonly (Physical | undefined)[] = ['boolean', 'int32', 'int64', undefined, 'float', 'double', 'bytes']

export interface ParquetColumn {
  readonly name: string
  /** Undefined for a nested column, and for a type that is not read. */
  readonly type: Physical | undefined
  readonly unsigned: boolean
  /** Width of whole numbers that are stored in a wider type, such as 8; 0 for all others. */
  readonly bits: number
  readonly optional: boolean
  /** The number of its chunk in a row group; of a nested column, of its first leaf. */
  readonly leaf: number
}

export interface Chunk {
  codec: number
  values: number
  dictionaryAt: number
  dataAt: number
  packed: number
}

export interface RowGroup {
  readonly rows: number
  readonly chunks: readonly Chunk[]
}

export interface Metadata {
  readonly rows: number
  readonly columns: readonly ParquetColumn[]
  readonly groups: readonly RowGroup[]
}

export const PARQUET_LIMITS = {
  footerBytes: 4 * 1024 * 1024,
  rowGroups: 1000,
  /** Columns with all leaves of nested ones. */
  leaves: 2048,
} as const

const MAGIC = 'PAR1'

/** @throws Damaged */
export function readMetadata(bytes: Uint8Array): Metadata {
  const { length } = bytes
  const magic = (at: number) => utf8Text(bytes.subarray(at, at + 4))
  if (length < 12 || magic(0) !== MAGIC || magic(length - 4) !== MAGIC) throw new Damaged()
  const size = new DataView(bytes.buffer, bytes.byteOffset + length - 8, 4).getUint32(0, true)
  if (size > length - 12 || size > PARQUET_LIMITS.footerBytes) throw new Damaged()
  const thrift = new Thrift(bytes, length - 8 - size, length - 8)
  let elements: Element[] = []
  let rows = -1
  const groups: RowGroup[] = []
  thrift.struct((id, type) => {
    if (id === 2) elements = readSchema(thrift, type)
    else if (id === 3) rows = thrift.integer()
    else if (id === 4)
      thrift.list(type, () => {
        if (groups.length === PARQUET_LIMITS.rowGroups) throw new Damaged()
        groups.push(readGroup(thrift))
      })
    else return false
    return true
  })
  const columns = columnsOf(elements)
  const sum = groups.reduce((all, group) => all + group.rows, 0)
  if (!(rows >= 0) || sum !== rows) throw new Damaged()
  return { rows, columns, groups }
}

interface Element {
  name: string
  type: number | undefined
  repetition: number
  children: number
  converted: number | undefined
  /** Field of the union of logical types; undefined where there is none. */
  logical: number | undefined
  signed: boolean
  bits: number
}

function readSchema(thrift: Thrift, listType: number): Element[] {
  const elements: Element[] = []
  thrift.list(listType, () => {
    if (elements.length > PARQUET_LIMITS.leaves) throw new Damaged()
    const element: Element = {
      ...{
        name: '',
        type: undefined,
        repetition: 0,
        children: 0,
        converted: undefined,
        logical: undefined,
        signed: true,
        bits: 0,
      },
    }
    thrift.struct((id, type) => {
      if (id === 1) element.type = thrift.integer()
      else if (id === 3) element.repetition = thrift.integer()
      else if (id === 4) element.name = utf8Text(thrift.binary())
      else if (id === 5) element.children = thrift.integer()
      else if (id === 6) element.converted = thrift.integer()
      else if (id === 10) readLogical(thrift, element)
      else return false
      return type !== 0
    })
    elements.push(element)
  })
  return elements
}

const INTEGER = 10

function readLogical(thrift: Thrift, element: Element): void {
  thrift.struct((id) => {
    element.logical = id
    if (id !== INTEGER) return false
    thrift.struct((field, type) => {
      if (field === 1 && type === 3) {
        element.bits = thrift.byte()
        return true
      }
      // A truth value is its type.
      if (field === 2) element.signed = type === 1
      return field === 2
    })
    return true
  })
}

const REPEATED = 2
const OPTIONAL = 1
/** Of converted types: UTF8, ENUM, JSON; UINT_8 to UINT_64; INT_8 to INT_64. */
const TEXTS = [0, 4, 19]
const UNSIGNED = [11, 12, 13, 14]
const SIGNED = [15, 16, 17, 18]
/** Of logical types: STRING, ENUM, JSON. */
const LOGICAL_TEXTS = [1, 4, 12]

function columnsOf(elements: readonly Element[]): ParquetColumn[] {
  const [root] = elements
  const columns: ParquetColumn[] = []
  let at = 1
  let leaf = 0
  /** Passes an element with all below it. */
  const pass = (depth: number): void => {
    const element = elements[at++]
    if (!element || depth > 16 || element.children < 0) throw new Damaged()
    if (element.children === 0) leaf++
    for (let i = 0; i < element.children; i++) pass(depth + 1)
  }
  for (let i = 0; i < (root?.children ?? 0); i++) {
    const element = elements[at]
    const first = leaf
    pass(1)
    const flat = element!.children === 0 && element!.repetition !== REPEATED
    const optional = element!.repetition === OPTIONAL
    columns.push({ name: element!.name, ...(flat ? typeOf(element!) : NESTED), optional, leaf: first })
  }
  if (at !== elements.length) throw new Damaged()
  return columns
}

const NESTED = { type: undefined, unsigned: false, bits: 0 }

type ColumnType = Pick<ParquetColumn, 'type' | 'unsigned' | 'bits'>

function typeOf({ type, converted, logical, signed, bits }: Element): ColumnType {
  const physical = PHYSICAL[type ?? -1]
  if (physical === 'bytes') {
    const text =
      logical === undefined ? converted === undefined || TEXTS.includes(converted) : LOGICAL_TEXTS.includes(logical)
    return { type: text ? physical : undefined, unsigned: false, bits: 0 }
  }
  const whole = physical === 'int32' || physical === 'int64'
  const known = converted === undefined || (whole && (UNSIGNED.includes(converted) || SIGNED.includes(converted)))
  const plain = known && (logical === undefined || (whole && logical === INTEGER))
  const unsigned = logical === INTEGER ? !signed : converted !== undefined && UNSIGNED.includes(converted)
  const width = logical === INTEGER ? bits : 8 << ((converted ?? 0) - (unsigned ? UNSIGNED[0]! : SIGNED[0]!))
  const narrow = physical === 'int32' && (width === 8 || width === 16)
  return { type: plain ? physical : undefined, unsigned: whole && unsigned, bits: narrow ? width : 0 }
}

function readGroup(thrift: Thrift): RowGroup {
  const chunks: Chunk[] = []
  let rows = -1
  thrift.struct((id, type) => {
    if (id === 1)
      thrift.list(type, () => {
        if (chunks.length === PARQUET_LIMITS.leaves) throw new Damaged()
        chunks.push(readChunk(thrift))
      })
    else if (id === 3) rows = thrift.integer()
    else return false
    return true
  })
  if (!(rows >= 0)) throw new Damaged()
  return { rows, chunks }
}

function readChunk(thrift: Thrift): Chunk {
  const chunk: Chunk = { codec: -1, values: -1, dictionaryAt: 0, dataAt: 0, packed: -1 }
  thrift.struct((id) => {
    // 1 is the path of another file that holds it, 8 and 9 say how it is encrypted.
    if (id === 1 || id === 8 || id === 9) throw new Damaged()
    if (id !== 3) return false
    thrift.struct((field) => {
      if (field === 4) chunk.codec = thrift.integer()
      else if (field === 5) chunk.values = thrift.integer()
      else if (field === 7) chunk.packed = thrift.integer()
      else if (field === 9) chunk.dataAt = thrift.integer()
      else if (field === 11) chunk.dictionaryAt = thrift.integer()
      else return false
      return true
    })
    return true
  })
  return chunk
}
