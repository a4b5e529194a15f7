/** Memory that a machine cannot give is that machine's trouble: what is within the limit is granted, or nothing is said of the submission. */

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { leb, signedLeb } from './bytes.ts'
import { moduleOf } from './module.fixture.ts'
import { createEvaluator } from './run.ts'

/** The score is what memory.grow said to so many pages. */
const asks = (pages: number): Uint8Array => moduleOf({ score: [0x41, ...signedLeb(pages), 0x40, 0, 0xb7] })

const LIMITS = { fuel: 100_000_000, memoryMib: 128 }

/** Pages: enough for Node's own reader of TypeScript, and less than what the limits allow. */
const SMALL = 1000

/** In a process of its own, whose V8 gives a memory no more than so many pages, whatever the module may have. */
function onMachineOf(pages: number, module: Uint8Array): string {
  const script = `
    const { createEvaluator } = await import(${JSON.stringify(new URL('./run.ts', import.meta.url).href)})
    const bytes = new Uint8Array(8)
    const evaluator = createEvaluator(Uint8Array.from(${JSON.stringify([...module])}), ${JSON.stringify(LIMITS)})
    try {
      console.log(evaluator.run(bytes, bytes).score)
    } catch (error) {
      console.log(error.code, error.retryable)
    }`
  const args = [`--wasm-max-mem-pages=${pages}`, '--input-type=module', '--eval', script]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return stdout.trim() || stderr
}

test('a machine that has less memory than the limit gives no score, where one that has enough does', () => {
  expect(createEvaluator(asks(1500), LIMITS).run(new Uint8Array(8), new Uint8Array(8))).toMatchObject({ score: 1 })
  expect(onMachineOf(65_536, asks(1500))).toBe('1')
  expect(onMachineOf(SMALL, asks(1500))).toBe('machine_memory true')
})

test('what is beyond the limit is refused alike on both', () => {
  expect(onMachineOf(65_536, asks(2048))).toBe('-1')
  expect(onMachineOf(SMALL, asks(2048))).toBe('-1')
})

test('a machine that cannot even begin a module says so', () => {
  expect(onMachineOf(SMALL, moduleOf({ memory: [1, 0, ...leb(1500)] }))).toContain('machine_memory')
})
