/** Files again from canonical forms of one column: what a judge that grades was shown, for the oracles' engine. */
import { csvText } from '../challenge/csv.ts'

export type TableForm = {
  numbers: boolean
  /** In the order of the ids' bytes, as a file has them. */
  values: string[]
  /** Of a truth: 0 where no row has one, 1 public, 2 private; as many as are open. */
  usage: Uint8Array
}

/** @throws RangeError for bytes that are no such form, or end before its last value */
export function readForm(form: Uint8Array, version: 1 | 5): TableForm {
  const view = new DataView(form.buffer, form.byteOffset, form.byteLength)
  if (view.getUint32(0, true) !== version || view.getUint32(4, true) !== 1) throw new RangeError('another form')
  const numbers = form[8] === 0
  const rowsAt = 13 + view.getUint32(9, true)
  const rows = view.getUint32(rowsAt, true)
  const values: string[] = []
  const text = new TextDecoder()
  let at = rowsAt + 8
  for (let row = 0; row < rows; row++) {
    if (numbers) {
      values.push(String(view.getFloat64(at, true)))
      at += 8
      continue
    }
    const end = at + 4 + view.getUint32(at, true)
    if (end > form.length) throw new RangeError('the form ends within a row')
    values.push(text.decode(form.subarray(at + 4, end)))
    at = end
  }
  return { numbers, values, usage: form.subarray(at, at + rows) }
}

/** Ids of one length: their order is that of the rows, and no score depends on more of them. */
const idsOf = (rows: readonly unknown[]) => rows.map((_, row) => String(row).padStart(8, '0'))

/** @throws RangeError where the rows' usage is not open to the end */
export function truthCsvOf(form: Uint8Array, ranked: boolean): Uint8Array {
  const { values, usage } = readForm(form, 5)
  if (ranked && usage.length < values.length) throw new RangeError('the usage of the last rows is not open')
  const ids = idsOf(values)
  const head = ranked ? ['id', 'value', 'usage'] : ['id', 'value']
  const rows = values.map((value, row) => [
    ids[row]!,
    value,
    ...(ranked ? [usage[row] === 2 ? 'private' : 'public'] : []),
  ])
  return new TextEncoder().encode(csvText([head, ...rows]))
}

export function workCsvOf(form: Uint8Array, { idColumn, column }: { idColumn: string; column: string }): Uint8Array {
  const { values } = readForm(form, 1)
  const ids = idsOf(values)
  return new TextEncoder().encode(csvText([[idColumn, column], ...values.map((value, row) => [ids[row]!, value])]))
}
