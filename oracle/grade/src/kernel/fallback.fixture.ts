/**
 * Grades and checks large files, and fits a model to many votes; prints the results and whether there was a kernel. With `without`, WebAssembly is forbidden, as by a page's policy; with
 * `full`, no memory can be reserved for it.
 */

import { checksumOf, manyVotes } from '../consensus/votes.fixture.ts'
import { grade } from '../grade.ts'
import { precheck } from '../precheck.ts'
import { sharedKernel } from './kernel.ts'

if (process.argv.includes('without')) {
  const { WebAssembly: api } = globalThis as unknown as { WebAssembly: { Module: unknown } }
  api.Module = class {
    constructor() {
      throw new Error('The policy of this page forbids it.')
    }
  }
}

if (process.argv.includes('full')) {
  const { WebAssembly: api } = globalThis as unknown as { WebAssembly: { Instance: unknown } }
  api.Instance = class {
    constructor() {
      throw new RangeError('Out of memory: Cannot allocate Wasm memory for new instance')
    }
  }
}

const shape = { idColumn: 'id', columns: [{ name: 'v', type: 'number' as const }] }
const truthShape = { idColumn: 'id', valueColumn: 'v', type: 'number' as const }
const ROWS = 9000
const salt = new Uint8Array(32)
const rows = (idOf: (i: number) => string, step: number): Uint8Array =>
  new TextEncoder().encode(
    `id,v\n${Array.from({ length: ROWS }, (_, i) => `${idOf((i * step) % ROWS)},${Math.sin(i)}`).join('\n')}\n`,
  )
const of = [String, (i: number) => `row-${i}`].map((idOf) => {
  const graded = grade({ metric: 'rmse', truth: rows(idOf, 1), truthShape, submission: rows(idOf, 7), shape, salt })
  // Every id comes three times.
  return { graded, checked: precheck(rows(idOf, 3), shape) }
})
const text = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
process.stdout.write(
  JSON.stringify({ kernel: sharedKernel() !== undefined, of, fitted: checksumOf(manyVotes()) }, text),
)
