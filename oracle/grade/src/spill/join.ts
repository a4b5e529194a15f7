/** Puts the columns of parts together, one part behind the other. */

import { addEntry, type ByteTable, createByteTable, entryBytes } from '../table/bytetable.ts'
import type { Codes, Column } from '../table/columns.ts'

/** Joins a truth's column and the submission's, whose labels are numbered alike: those of the truth first. */
export interface Joiner {
  add(truth: Column, columns: readonly Column[] | undefined): void
  finish(): { truth: Column; columns: readonly Column[] }
}

export function createJoiner(rows: number, columns: number): Joiner {
  const labels = createByteTable()
  const inTruth: boolean[] = []
  const joined = Array.from({ length: columns + 1 }, () => createColumn(rows, labels))
  let from = 0
  return {
    add(truth, predicted) {
      joined[0]!.add(truth, from, (code) => {
        inTruth[code] = true
      })
      for (const [i, column] of (predicted ?? []).entries()) joined[i + 1]!.add(column, from)
      from += truth.kind === 'number' ? truth.values.length : truth.codes.length
    },
    finish() {
      const known = createByteTable()
      const all = createByteTable()
      const renumbered = new Int32Array(labels.size)
      for (const wanted of [true, false])
        for (let code = 0; code < labels.size; code++) {
          if ((inTruth[code] ?? false) !== wanted) continue
          const bytes = entryBytes(labels, code)
          renumbered[code] = addEntry(all, bytes, 0, bytes.length)
          if (wanted) addEntry(known, bytes, 0, bytes.length)
        }
      const [truth, ...predicted] = joined.map((column, i) => column.finish(i === 0 ? known : all, renumbered))
      return { truth: truth!, columns: predicted }
    },
  }
}

function createColumn(rows: number, labels: ByteTable) {
  let values: Float64Array | undefined
  let codes: Codes | undefined
  return {
    add(column: Column, from: number, onCode?: (code: number) => void): void {
      if (column.kind === 'number') {
        values ??= new Float64Array(rows)
        values.set(column.values, from)
        return
      }
      const used = new Uint8Array(column.labels.size)
      for (let i = 0; i < column.codes.length; i++) used[column.codes[i]!] = 1
      const codeOf = new Int32Array(column.labels.size)
      for (let code = 0; code < codeOf.length; code++) {
        if (used[code] === 0) continue
        const bytes = entryBytes(column.labels, code)
        codeOf[code] = addEntry(labels, bytes, 0, bytes.length)
        onCode?.(codeOf[code]!)
      }
      codes ??= new Uint8Array(rows)
      if (labels.size > 256 && codes instanceof Uint8Array) codes = Int32Array.from(codes)
      const to = codes
      for (let i = 0; i < column.codes.length; i++) to[from + i] = codeOf[column.codes[i]!]!
    },
    finish(table: ByteTable, renumbered: Int32Array): Column {
      if (!codes) return { kind: 'number', values: values ?? new Float64Array(0) }
      const to = table.size > 256 && codes instanceof Uint8Array ? Int32Array.from(codes) : codes
      for (let i = 0; i < to.length; i++) to[i] = renumbered[to[i]!]!
      return { kind: 'label', codes: to, labels: table }
    },
  }
}
