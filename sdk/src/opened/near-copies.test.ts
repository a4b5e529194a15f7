/** Near-copies among opened submissions are found by whoever looks, from public data alone. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChallengePlan } from '../create/plan.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, predictions, startWorld, truthCsv, type World, wrongIn } from '../testing/world.ts'
import { openComparison } from './compared-entries.ts'

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
  expect(early).toMatchObject({ code: 1, out: expect.stringContaining('is not open: its oracles open it') })
  await oracle.gradeAll(challenge)
  await oracle.publish(challenge, [1, 2, 3])
  const found = await world.run(maker, 'copies', String(challenge))
  expect(found.out).toMatch(/#1 and #2 go wrong in the same places\n +G\w+\n +G\w+\n1 pair of near-copies among all 3/)
  const json = await world.run(maker, 'copies', String(challenge), '--json')
  expect(JSON.parse(json.out)).toMatchObject({ challenge, compared: 3, opened: 3, pairs: [{ numbers: [1, 2] }] })
})

/** A challenge with a submission of a new account for each file, ended by one that is perfect: the truth. */
async function ended(oracle: TestOracle, files: readonly Uint8Array[], changes: Partial<ChallengePlan> = {}) {
  const maker = await world.fixture.person()
  const plan = { truth: truthCsv, ...changes }
  const challenge = await world.open(maker, [oracle], { ...plan, publishes: { truth: true, submissions: 'all' } })
  const all = [...files, plan.truth]
  for (const csv of all) await submitFile(world.client, { challenge, csv, signer: await world.fixture.person() })
  await oracle.gradeAll(challenge)
  await oracle.publish(
    challenge,
    all.map((_, i) => i + 1),
  )
  return challenge
}

test('copies --with finds what another account handed in to a second challenge on the same rows', async () => {
  const oracle = await world.oracle()
  const person = await world.fixture.person()
  const every = (from: number) => wrongIn(...Array.from({ length: 13 }, (_, i) => (from + i * 4) % 50))
  const [ada, bob, eve] = [every(0), every(1), every(2)]
  const first = await ended(oracle, [ada, bob])
  const copied = wrongIn(...Array.from({ length: 12 }, (_, i) => i * 4))
  const second = await ended(oracle, [eve, copied], { metric: { id: 'f1_macro' } })

  const found = await world.run(person, 'copies', String(first), '--with', String(second))
  expect(found).toMatchObject({ code: 0 })
  expect(found.out).toMatch(
    new RegExp(
      `^  0\\.\\d{4}  ${first}/1 and ${second}/2 go wrong in the same places\n +G\\w+\n +G\\w+\n1 pair of near-copies between all 3 ` +
        `opened submissions of challenge ${first} and all 3 opened submissions of challenge ${second}\\.\nCompared on all 50 ids that both have\\.\n$`,
    ),
  )
  const json = await world.run(person, 'copies', String(first), '--with', String(second), '--json')
  expect(JSON.parse(json.out)).toMatchObject({
    ...{ shared: 50, rows: 50, morePairs: 0 },
    challenges: [
      { challenge: first, compared: 3, opened: 3, leftOut: { files: 0, steps: 0, bytes: 0 } },
      { challenge: second, compared: 3, opened: 3, leftOut: { files: 0, steps: 0, bytes: 0 } },
    ],
    pairs: [
      { numbers: [1, 2], measure: 'errors', solvers: [expect.stringMatching(/^G/), expect.stringMatching(/^G/)] },
    ],
  })
})

test('files beyond the bytes that a comparison takes are left out, the highest numbers first, and counted', async () => {
  const [one, other] = [predictions(14), predictions(15)]
  const challenge = await ended(await world.oracle(), [one, other])
  const { fetchEntries } = await openComparison(world.client, challenge, {})
  const found = await fetchEntries(one.length + other.length)
  expect(found).toMatchObject({ opened: 3, leftOut: { files: 0, bytes: 1 } })
  expect(found.entries.map(({ number, submission }) => [number, submission])).toEqual([
    [1, one],
    [2, other],
  ])
})

test('copies --with refuses challenges with other ids or other columns, and one and the same', async () => {
  const oracle = await world.oracle()
  const person = await world.fixture.person()
  const text = new TextDecoder().decode(truthCsv)
  const first = await ended(oracle, [])
  const baseline = { description: 'None.', score: 0 }
  const asking = (truth: string, name: string): Partial<ChallengePlan> => ({
    ...{ truth: bytes(truth), baseline, datasets: [] },
    submission: {
      ...{ format: 'csv', idColumn: 'id', rows: 50, maxBytes: 10_000 },
      columns: [{ name, type: 'string', labels: ['cat', 'dog'] }],
    },
  })
  const others = await ended(oracle, [], asking(text.replace(/^r/gm, 's'), 'label'))
  const renamed = await ended(oracle, [], asking(text.replace('label', 'animal'), 'animal'))
  const refusal = async (other: number) => {
    const { code, out } = await world.run(person, 'copies', String(first), '--with', String(other), '--json')
    expect(code).toBe(1)
    return JSON.parse(out.split('\n')[0]!).error
  }
  expect(await refusal(others)).toMatchObject({ code: 'not_comparable', message: expect.stringContaining('no ids') })
  expect(await refusal(renamed)).toMatchObject({ code: 'not_comparable', message: expect.stringContaining('columns') })
  const same = await world.run(person, 'copies', String(first), '--with', String(first))
  expect(same).toMatchObject({ code: 2, out: expect.stringContaining('--with names another challenge.') })
})
