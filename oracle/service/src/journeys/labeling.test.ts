/** Batches of labels, end to end: known items decide, accepted units are paid at once, nobody is paid for a guess. */
import type { Keypair } from '@stellar/stellar-sdk'
import { Verdict } from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content'
import { assignedIds } from '@stellartrain/oracle-grade'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { LABELS } from './data.ts'
import { startWorld, untilRefused, type World } from './world.ts'

let world: World
let oracle: RunningOracle

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world?.close())

const RATE = 1_000_000n
const SIZE = 10
const ITEMS = Array.from({ length: 25 }, (_, index) => `item-${index}`)
const right = (id: string) => LABELS[Number(id.slice(5)) % 3]!
const wrong = (id: string) => LABELS[(Number(id.slice(5)) + 1) % 3]!
/** Every second item is known. */
const GOLD = `id,label\n${ITEMS.filter((_, index) => index % 2 === 0)
  .map((id) => `${id},${right(id)}`)
  .join('\n')}\n`

async function options(oracles: string[], items = ITEMS) {
  const csv = new TextEncoder().encode(`id,text\n${items.map((id) => `${id},"What is, ${id}?"`).join('\n')}\n`)
  const cid = await world.publisher(world.maker)(csv)
  const dataset = {
    name: 'items.csv',
    role: 'test',
    cid,
    sha256: '0'.repeat(64),
    bytes: csv.length,
    version: 1,
  } as const
  return {
    oracles,
    csv: GOLD,
    prize: 200_000_000n,
    payout: { tag: 'PerUnit', values: [{ rate: RATE, max_units: SIZE }] } as const,
    edit: (manifest: Manifest): Manifest => ({
      ...manifest,
      kind: 'labeling',
      datasets: [{ ...dataset, previous: null, mediaType: 'text/csv' }],
      submission: {
        ...manifest.submission,
        rows: SIZE,
        columns: [{ name: 'label', type: 'string', labels: [...LABELS] }],
      },
      labeling: { items: 'items.csv', minAccuracy: 0.8 },
    }),
  }
}

/** Labels everything that is assigned and submits it. */
async function label(id: number, labeler: Keypair, say: (id: string) => string, attempt = 1, units?: number) {
  const name = { challenge: id, labeler: labeler.publicKey(), attempt }
  const ids = assignedIds(ITEMS, name, SIZE)
  const csv = `id,label\n${ids.map((item) => `${item},${say(item)}`).join('\n')}\n`
  await world.enter(id, labeler, await world.seal(id, labeler, csv), { attempt, units: units ?? ids.length })
}

test('accepted batches are paid for each unit, guesses and wrong declarations are not', async () => {
  const id = await world.challenge(await options([oracle.address]))
  await world.accepted(id)
  const [good, careless, liar] = (await Promise.all([1, 2, 3].map(() => world.person()))) as [Keypair, Keypair, Keypair]
  await label(id, good, right)
  await label(id, careless, wrong)
  await label(id, liar, right, 1, 9)
  await world.concluded(id, 3)
  expect(await world.submission(id, good)).toMatchObject({ verdict: Verdict.Scored, accepted_units: 10 })
  expect(await world.submission(id, careless)).toMatchObject({ verdict: Verdict.Rejected, reason: 91 })
  expect(await world.submission(id, liar)).toMatchObject({ verdict: Verdict.Rejected, reason: 90 })
  // The next batches are about other items; the last one is shorter.
  await label(id, good, right, 2)
  await world.concluded(id, 4)
  await label(id, good, right, 3)
  await world.concluded(id, 5)
  expect(await world.submission(id, good, 3)).toMatchObject({ verdict: Verdict.Scored, accepted_units: 5 })
  const { escrow, reserved, owed } = (await world.state(id)).purse
  expect([escrow, reserved, owed]).toEqual([200_000_000n - 25n * RATE, 0n, 0n])
})

test('labelers work side by side, and three oracles agree on them', async () => {
  const oracles = [oracle, await world.oracle(), await world.oracle()]
  const id = await world.challenge(await options(oracles.map(({ address }) => address)))
  await world.accepted(id)
  const people = await Promise.all([1, 2].map(() => world.person()))
  for (const person of people) await label(id, person, right)
  await world.concluded(id, 2)
  for (const person of people)
    expect(await world.submission(id, person)).toMatchObject({ verdict: Verdict.Scored, accepted_units: 10 })
  expect((await world.state(id)).tallies.every(({ disagreed }) => disagreed === 0)).toBe(true)
})

test.each([
  ['truth_invalid', async () => options([oracle.address], ITEMS.slice(1))],
  ['bad_manifest', async () => ({ ...(await options([oracle.address])), edit: undefined })],
  [
    'metric_unknown',
    async () => {
      const good = await options([oracle.address])
      const metric = { id: 'f1_macro', params: {}, version: 1 }
      return { ...good, edit: (manifest: Manifest) => ({ ...good.edit(manifest), metric }) }
    },
  ],
])('%s: batches that could not be judged are not accepted', async (code, make) => {
  const id = await world.challenge((await make()) as Awaited<ReturnType<typeof options>>)
  expect(await untilRefused(oracle, id)).toMatchObject({ code })
})
