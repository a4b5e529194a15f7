/** Columns as an evaluator reads them: one piece of memory, little-endian, in which every place is a distance from its start. */

import type { Column } from '../table/columns.ts'

/** Rows and columns, then four words for each column: kind, place of its values, place of its text bytes and how many those are. */
export const HEADER = 8
export const RECORD = 16
export const KIND = { numbers: 0, texts: 1 } as const

const aligned = (at: number): number => (at + 7) & ~7

/**
 * Numbers are a float64 for each row. Texts are a word for each row and one more: where its UTF-8 bytes begin and end behind the place of
 * the text bytes. Undefined where the table would be larger than `most` bytes.
 */
export function tableOf(columns: readonly Column[], rows: number, most: number): Uint8Array<ArrayBuffer> | undefined {
  const texts = columns.map((column) => (column.kind === 'label' ? textBytes(column, rows) : 0))
  const places: number[] = []
  let end = aligned(HEADER + RECORD * columns.length)
  for (const [i, column] of columns.entries()) {
    places.push(end)
    end = aligned(end + (column.kind === 'number' ? 8 * rows : 4 * (rows + 1) + texts[i]!))
  }
  if (end > most) return undefined
  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, rows, true)
  view.setUint32(4, columns.length, true)
  for (const [i, column] of columns.entries()) {
    const at = places[i]!
    const textAt = at + 4 * (rows + 1)
    const record = column.kind === 'number' ? [KIND.numbers, at, 0, 0] : [KIND.texts, at, textAt, texts[i]!]
    for (const [word, value] of record.entries()) view.setUint32(HEADER + RECORD * i + 4 * word, value, true)
    if (column.kind === 'number') {
      for (let row = 0; row < rows; row++) view.setFloat64(at + 8 * row, column.values[row]!, true)
      continue
    }
    const { codes, labels } = column
    let behind = 0
    for (let row = 0; row < rows; row++) {
      const entry = codes[row]!
      const [from, to] = [labels.offsets[entry]!, labels.offsets[entry + 1]!]
      bytes.set(labels.arena.subarray(from, to), textAt + behind)
      behind += to - from
      view.setUint32(at + 4 * (row + 1), behind, true)
    }
  }
  return bytes
}

function textBytes({ codes, labels }: Column & { kind: 'label' }, rows: number): number {
  let all = 0
  for (let row = 0; row < rows; row++) all += labels.offsets[codes[row]! + 1]! - labels.offsets[codes[row]!]!
  return all
}
