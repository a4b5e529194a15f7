/** Near-copies among opened submissions are found by whoever looks, from public data alone. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitFile } from './submit.ts'
import { predictions, startWorld, type World } from './testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

test('copies lists two solvers whose errors are the same, once truth and submissions are opened', async () => {
  const oracle = await world.oracle()
  const maker = await world.fixture.person()
  const challenge = await world.open(maker, [oracle], { publishes: { truth: true, submissions: 'all' } })
  for (const wrong of [14, 15, 0]) {
    const signer = await world.fixture.person()
    await submitFile(world.client, { challenge, csv: predictions(wrong), signer })
  }
  const early = await world.run(maker, 'copies', String(challenge))
  expect(early).toMatchObject({ code: 1, out: expect.stringContaining('is not open') })
  await oracle.gradeAll(challenge)
  await oracle.publish(challenge, [1, 2, 3])
  const found = await world.run(maker, 'copies', String(challenge))
  expect(found.out).toMatch(/#1 and #2 go wrong in the same places\n +G\w+\n +G\w+\n1 pair of near-copies among 3 of 3/)
  const json = await world.run(maker, 'copies', String(challenge), '--json')
  expect(JSON.parse(json.out)).toMatchObject({ challenge, compared: 3, opened: 3, pairs: [{ numbers: [1, 2] }] })
})
