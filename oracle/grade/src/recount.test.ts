/** The scores that the contract that grades is tested against are this engine's. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RECOUNT_VECTORS, recountCases } from '../vectors/recount.cases.ts'

test('the committed cases are what the engine gives', () => {
  const { count, seed } = RECOUNT_VECTORS
  const file = new URL('../../../contracts/recount/src/metrics/test/engine.txt', import.meta.url)
  expect(`${[...recountCases(count, seed)].join('\n')}\n`).toBe(readFileSync(file, 'utf8'))
})
