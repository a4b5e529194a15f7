/** Writes a truth and a submission of any number of rows, ids in an order of their own: `large.main.ts FOLDER ROWS`. */

import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const BUFFER = 4 * 1024 * 1024
const LABELS = ['cat', 'dog', 'horse', 'rabbit', 'bird'].map((label) => new TextEncoder().encode(`,${label}\n`))
const HEX = new TextEncoder().encode('0123456789abcdef')
/** Odd, so that the products of all 32-bit numbers are different ones; a prime that divides no number of rows that people ask for. */
const SPREAD = 2654435761
const STEP = 15485863

/** Rows are `rowOf(0)`, `rowOf(1)`, …; a row's id is eight hexadecimal digits. */
function write(path: string, rows: number, rowOf: (i: number) => number, labelOf: (row: number) => number): void {
  const file = openSync(path, 'w')
  const buffer = new Uint8Array(BUFFER)
  buffer.set(new TextEncoder().encode('id,label\n'))
  let used = 9
  for (let i = 0; i < rows; i++) {
    const row = rowOf(i)
    const id = Math.imul(row, SPREAD)
    for (let shift = 28; shift >= 0; shift -= 4) buffer[used++] = HEX[(id >>> shift) & 15]!
    const label = LABELS[labelOf(row)]!
    for (let j = 0; j < label.length; j++) buffer[used++] = label[j]!
    if (used > BUFFER - 64) {
      writeSync(file, buffer, 0, used)
      used = 0
    }
  }
  writeSync(file, buffer, 0, used)
  closeSync(file)
}

const [folder, count] = process.argv.slice(2)
const rows = Number(count)
const noise = (row: number): number => Math.imul(row ^ (row >>> 15), 0x2c1b3c6d) >>> 8
const actual = (row: number): number => noise(row) % 5
write(join(folder!, 'truth.csv'), rows, (i) => i, actual)
// Steps of a prime through all rows; every fifth label is a guess.
let row = 0
const next = (): number => {
  row = (row + STEP) % rows
  return row
}
write(join(folder!, 'submission.csv'), rows, next, (of) => (noise(of + 7) % 5 === 0 ? noise(of + 13) % 5 : actual(of)))
