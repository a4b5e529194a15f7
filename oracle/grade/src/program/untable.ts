/** Reads a table, of the layout that `table.ts` writes, out of the memory of a program that may say anything. */

import { LIMITS } from '../shape.ts'
import type { Column } from '../table/columns.ts'
import { HEADER, KIND, RECORD } from './table.ts'

/** Of one column, by its row; undefined for a text that is no UTF-8, is longer than any cell, or is not where the table says. */
type Cell = (row: number) => string | number | undefined

/** Undefined where there is no table of these kinds of columns and so many rows. Nothing is copied before it is asked for. */
export function cellsOf(
  buffer: ArrayBuffer,
  at: number,
  kinds: readonly Column['kind'][],
  rows: number,
): Cell[] | undefined {
  const head = HEADER + RECORD * kinds.length
  if (at === 0 || at + head > buffer.byteLength) return undefined
  // Places are distances from the start of the table, and end with the memory.
  const view = new DataView(buffer, at)
  if (view.getUint32(0, true) !== rows || view.getUint32(4, true) !== kinds.length) return undefined
  const cells: Cell[] = []
  for (const [i, kind] of kinds.entries()) {
    const word = (n: number): number => view.getUint32(HEADER + RECORD * i + 4 * n, true)
    if (word(0) !== (kind === 'number' ? KIND.numbers : KIND.texts)) return undefined
    const values = word(1)
    const cell = kind === 'number' ? numbers(view, values, rows) : texts(view, values, rows, [word(2), word(3)])
    if (!cell) return undefined
    cells.push(cell)
  }
  return cells
}

function numbers(view: DataView, at: number, rows: number): Cell | undefined {
  if (at + 8 * rows > view.byteLength) return undefined
  return (row) => view.getFloat64(at + 8 * row, true)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function texts(view: DataView, at: number, rows: number, [place, length]: [number, number]): Cell | undefined {
  if (at + 4 * (rows + 1) > view.byteLength || place + length > view.byteLength) return undefined
  return (row) => {
    const [from, to] = [view.getUint32(at + 4 * row, true), view.getUint32(at + 4 * (row + 1), true)]
    if (from > to || to > length || to - from > LIMITS.maxTextBytes) return undefined
    try {
      return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + place + from, to - from))
    } catch {
      return undefined
    }
  }
}
