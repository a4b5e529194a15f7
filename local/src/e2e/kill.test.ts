/** A short run of the kill tests; the long ones are `npm run kill`. */
import { expect, test } from 'vitest'
import { runKills } from '../kill/run.ts'

test('nothing is lost, doubled or paid twice when services and two of three oracles are killed, and the third lies', async () => {
  const result = await runKills({ seed: 5, kills: 8, solvers: 3, attempts: 2, interval: 0.4, oracles: 3 }, () => {})
  expect(result.problems).toEqual([])
  expect(result.killed).toHaveLength(8)
  expect(new Set(result.killed.map((one) => one.victim)).size).toBe(7)
  expect(result.submissions).toBe(6)
  expect(result.paid).toBe(3)
  const none = { unavailable: 0, missing: 0 }
  const honest = { votes: 6, agreed: 6, disagreed: 0, fees: 6_000_000n, ...none }
  const parts = new Map(result.oracles.map((one) => [one.part, one]))
  expect(parts.get('honest')).toMatchObject(honest)
  expect(parts.get('absent')).toMatchObject(honest)
  expect(parts.get('lying')).toMatchObject({ votes: 6, agreed: 0, disagreed: 6, fees: 0n, ...none })
})
