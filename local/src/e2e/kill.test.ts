/** A short run of the kill tests; the long ones are `npm run kill`. */
import { expect, test } from 'vitest'
import { runKills } from '../kill/run.ts'
import { stageOfProcesses } from '../kill/stage.ts'

test('nothing is lost, doubled or paid twice when services and two of three oracles are killed, and the third lies', async () => {
  const calm = { interval: 0.4, partitions: 0, leaps: 0, stalls: 0 }
  const result = await runKills(
    { seed: 5, kills: 7, solvers: 2, attempts: 2, oracles: 3 },
    (random) => stageOfProcesses(random, calm, () => {}),
    () => {},
  )
  expect(result.problems).toEqual([])
  expect(result.killed).toHaveLength(7)
  expect(new Set(result.killed.map((one) => one.victim)).size).toBe(7)
  expect(result.submissions).toBe(4)
  expect(result.paid).toBe(2)
  const none = { unavailable: 0, missing: 0 }
  const honest = { votes: 4, agreed: 4, disagreed: 0, fees: 4_000_000n, ...none }
  const parts = new Map(result.oracles.map((one) => [one.part, one]))
  expect(parts.get('honest')).toMatchObject(honest)
  expect(parts.get('absent')).toMatchObject(honest)
  expect(parts.get('lying')).toMatchObject({ votes: 4, agreed: 0, disagreed: 4, fees: 0n, ...none })
}, 900_000)
