/** Polling follows the network's rhythm: often on a fast local ledger, politely on a public one. */
import { expect, test } from 'vitest'
import { FIRST_PACE, observe, pollMs } from './pace.ts'

function after(seconds: number, ledgers: number): number {
  let pace = FIRST_PACE
  for (let n = 0; n <= ledgers; n++) pace = observe(pace, { ledger: n, closedAt: BigInt(n * seconds) })
  return pollMs(pace)
}

test('a one-second ledger is asked for several times a second', () => {
  expect(after(1, 50)).toBeLessThanOrEqual(150)
})

test('a five-second ledger is asked for less than twice a second', () => {
  expect(after(5, 50)).toBeGreaterThanOrEqual(500)
})

test('time travel on a local network does not stop the polling', () => {
  const pace = observe(observe(FIRST_PACE, { ledger: 1, closedAt: 0n }), { ledger: 2, closedAt: 1_000_000n })
  expect(pollMs(pace)).toBeLessThanOrEqual(1_000)
})

test('an older or repeated ledger changes nothing', () => {
  const pace = observe(FIRST_PACE, { ledger: 7, closedAt: 70n })
  expect(observe(pace, { ledger: 7, closedAt: 99n })).toBe(pace)
})
