/** A short run of the kill tests; the long one is `npm run kill`. */
import { expect, test } from 'vitest'
import { runKills } from '../kill/run.ts'

test('nothing is lost, doubled or paid twice when services are killed while submissions arrive', async () => {
  const result = await runKills({ seed: 5, kills: 7, solvers: 4, attempts: 2, interval: 0.4 }, () => {})
  expect(result.problems).toEqual([])
  expect(result.killed).toHaveLength(7)
  expect(new Set(result.killed.map((one) => one.victim)).size).toBe(6)
  expect(result.submissions).toBe(8)
  expect(result.paid).toBe(4)
})
