/** The public queue tells a solver where they stand and why it takes long. */
import { expect, test } from 'vitest'
import { createTray, type Entry } from './tray.ts'
import { viewQueue } from './view.ts'

const entry = (challenge: number, number: number): Entry => ({
  challenge,
  number,
  solver: `S${number}`,
  attempt: 1,
  cid: 'bafy',
  units: 0,
  time: 1_000n,
})

test('positions count by challenge, in the order of the numbers, whatever order they came in', () => {
  const tray = createTray()
  for (const [challenge, number] of [
    [2, 5],
    [1, 9],
    [2, 4],
    [1, 8],
    [2, 6],
  ] as const)
    tray.add(entry(challenge, number))
  tray.dropThrough(2, 4)
  const lines = viewQueue(tray.all(), 1_090_500)
  expect(lines.map(({ challenge, number, position }) => [challenge, number, position])).toEqual([
    [1, 8, 1],
    [1, 9, 2],
    [2, 5, 1],
    [2, 6, 2],
  ])
  expect(lines[0]).toMatchObject({ ageSeconds: 90, state: 'waiting', attempts: 0, lastError: null })
})

test('an event that is delivered twice does not reset the work', () => {
  const tray = createTray()
  tray.add(entry(1, 1))
  tray.get(1, 1)!.stage = 'grading'
  tray.add(entry(1, 1))
  expect(tray.get(1, 1)?.stage).toBe('grading')
})
