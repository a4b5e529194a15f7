/** The sequences of a Zstandard block: copy so many literals, then so many bytes from so far back (RFC 8878, 3.1.1.3.2). */

import { Damaged, type Output } from '../damaged.ts'
import { BackwardBits, constantTable, type FseTable, fseTable, readFseTable } from './fse.ts'

/** What a frame remembers from block to block. */
export interface SequencesState {
  tables: { literals: FseTable | undefined; offsets: FseTable | undefined; matches: FseTable | undefined }
  /** The last three distances, the newest first. */
  recent: [number, number, number]
}

export const newSequencesState = (): SequencesState => ({
  ...{ tables: { literals: undefined, offsets: undefined, matches: undefined }, recent: [1, 4, 8] },
})

const LITERALS = fseTable(
  [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  6,
)
const MATCHES = fseTable(
  [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
  ],
  6,
)
const OFFSETS = fseTable(
  [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
  5,
)

const LITERAL_BITS = [...Array<number>(16).fill(0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
const MATCH_BITS = [
  ...Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
]
const basesOf = (bits: readonly number[], first: number): number[] => {
  let base = first
  return bits.map((count) => {
    const own = base
    base += 1 << count
    return own
  })
}
const LITERAL_BASES = basesOf(LITERAL_BITS, 0)
const MATCH_BASES = basesOf(MATCH_BITS, 3)

const MAX_OFFSET_CODE = 31

/** Reads and carries out all sequences. @param from where the frame's output begins. @param most bytes of the block */
export function runSequences(
  bytes: Uint8Array,
  start: number,
  stop: number,
  literals: Uint8Array,
  state: SequencesState,
  out: Output,
  { from, most }: { from: number; most: number },
): void {
  const blockStart = out.length
  if (start >= stop) throw new Damaged()
  const first = bytes[start]!
  const head = first < 128 ? 1 : first < 255 ? 2 : 3
  if (start + head > stop) throw new Damaged()
  const count =
    first < 128
      ? first
      : first < 255
        ? ((first - 128) << 8) + bytes[start + 1]!
        : bytes[start + 1]! + (bytes[start + 2]! << 8) + 0x7f00
  let pos = start + head
  if (count === 0) {
    if (pos !== stop || literals.length > most) throw new Damaged()
    out.append(literals, 0, literals.length)
    return
  }
  if (pos >= stop) throw new Damaged()
  const modes = bytes[pos++]!
  if (modes & 3) throw new Damaged()
  const { tables, recent } = state
  const table = (mode: number, known: FseTable, before: FseTable | undefined, limits: Limits): FseTable => {
    if (mode === 0) return known
    if (mode === 3) {
      if (!before) throw new Damaged()
      return before
    }
    if (mode === 1) {
      const symbol = pos < stop ? bytes[pos++]! : 255
      if (symbol > limits.maxSymbol) throw new Damaged()
      return constantTable(symbol)
    }
    const read = readFseTable(bytes, pos, stop, limits)
    pos = read.end
    return read.table
  }
  const ll = table(modes >> 6, LITERALS, tables.literals, { maxLog: 9, maxSymbol: 35 })
  const of = table((modes >> 4) & 3, OFFSETS, tables.offsets, { maxLog: 8, maxSymbol: MAX_OFFSET_CODE })
  const ml = table((modes >> 2) & 3, MATCHES, tables.matches, { maxLog: 9, maxSymbol: 52 })
  state.tables = { literals: ll, offsets: of, matches: ml }

  const stream = new BackwardBits(bytes, pos, stop)
  let llState = stream.read(ll.log)
  let ofState = stream.read(of.log)
  let mlState = stream.read(ml.log)
  let taken = 0
  for (let i = 0; i < count; i++) {
    const ofCode = of.symbols[ofState]!
    const mlCode = ml.symbols[mlState]!
    const llCode = ll.symbols[llState]!
    const low = Math.min(ofCode, 16)
    const high = stream.read(ofCode - low)
    const value = 2 ** ofCode + high * 2 ** low + stream.read(low)
    const matched = MATCH_BASES[mlCode]! + stream.read(MATCH_BITS[mlCode]!)
    const copied = LITERAL_BASES[llCode]! + stream.read(LITERAL_BITS[llCode]!)
    if (stream.left < 0 || taken + copied > literals.length) throw new Damaged()
    if (out.length - blockStart + copied + matched > most) throw new Damaged()
    out.append(literals, taken, taken + copied)
    taken += copied
    out.repeat(distanceOf(value, copied, recent), matched, from)
    if (i + 1 === count) break
    llState = ll.base[llState]! + stream.read(ll.bits[llState]!)
    mlState = ml.base[mlState]! + stream.read(ml.bits[mlState]!)
    ofState = of.base[ofState]! + stream.read(of.bits[ofState]!)
  }
  if (stream.left !== 0) throw new Damaged()
  if (out.length - blockStart + literals.length - taken > most) throw new Damaged()
  out.append(literals, taken, literals.length)
}

interface Limits {
  maxLog: number
  maxSymbol: number
}

/** Values 1 to 3 name a recent distance, which then is the newest. */
function distanceOf(value: number, copied: number, recent: SequencesState['recent']): number {
  if (value > 3) {
    recent[2] = recent[1]
    recent[1] = recent[0]
    recent[0] = value - 3
    return recent[0]
  }
  const at = copied === 0 ? value : value - 1
  const distance = at === 3 ? recent[0] - 1 : recent[at]!
  if (at === 0) return distance
  if (at > 1) recent[2] = recent[1]
  recent[1] = recent[0]
  recent[0] = distance
  return distance
}
