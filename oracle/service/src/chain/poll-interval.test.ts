/** Polling follows the network's rhythm: often on a fast local ledger, politely on a public one. */
import { expect, test } from 'vitest'
import { createPollInterval } from './poll-interval.ts'

function after(seconds: number, ledgers: number): number {
  const interval = createPollInterval()
  for (let n = 0; n <= ledgers; n++) interval.observe({ ledger: n, closedAt: n * seconds })
  return interval.pollMs()
}

test('a one-second ledger is asked for several times a second', () => {
  expect(after(1, 50)).toBeLessThanOrEqual(150)
})

test('a five-second ledger is asked for less than twice a second', () => {
  expect(after(5, 50)).toBeGreaterThanOrEqual(500)
})

test('time travel on a local network does not stop the polling', () => {
  const interval = createPollInterval()
  interval.observe({ ledger: 1, closedAt: 0 })
  interval.observe({ ledger: 2, closedAt: 1_000_000 })
  expect(interval.pollMs()).toBeLessThanOrEqual(1_000)
})

test('an older or repeated ledger changes nothing', () => {
  const interval = createPollInterval()
  interval.observe({ ledger: 7, closedAt: 70 })
  const before = interval.ledgerMs()
  interval.observe({ ledger: 7, closedAt: 99 })
  interval.observe({ ledger: 5, closedAt: 10 })
  expect(interval.ledgerMs()).toBe(before)
})
