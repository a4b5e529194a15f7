/** Earnings, end to end with three oracles: labelers without an account hand signed batches to them, each epoch is proposed, recomputed and posted, and anybody claims. */
import { createHash } from 'node:crypto'
import { Keypair } from '@stellar/stellar-sdk'
import { signDigest, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Manifest } from '@stellartrain/ipfs-content'
import { batchDigest, reviewDigest } from '@stellartrain/ipfs-content/work'
import { createClient } from '@stellartrain/sdk/client'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { claim } from '@stellartrain/sdk/earnings'
import { appealBatch, handInBatch, readOwnWork, readWork } from '@stellartrain/sdk/work'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { LABELS } from './data.ts'
import { startWorld, type World } from './world.ts'

const ITEMS = Array.from({ length: 20 }, (_, index) => `item-${String(index).padStart(2, '0')}`)
const right = (id: string) => LABELS[Number(id.slice(5)) % 3]!
const isKnown = (id: string) => Number(id.slice(5)) % 4 === 0
/** The maker made a mistake about this one. */
const WRONG = 'item-04'
const known = (id: string) => (id === WRONG ? LABELS[(Number(id.slice(5)) + 1) % 3]! : right(id))
const GOLD = `id,label\n${ITEMS.filter(isKnown)
  .map((id) => `${id},${known(id)}`)
  .join('\n')}\n`
const SIZE = 10
const RATE = 2_000_000n

let world: World
let oracles: RunningOracle[]
beforeAll(async () => {
  world = await startWorld()
  oracles = await Promise.all([world.oracle(), world.oracle(), world.oracle()])
})
afterAll(() => world?.close())

async function create(names: readonly RunningOracle[], labeling: Partial<Manifest['labeling']> = {}) {
  const csv = new TextEncoder().encode(`id,text\n${ITEMS.map((id) => `${id},"What is, ${id}?"`).join('\n')}\n`)
  const cid = await world.publisher(world.maker)(csv)
  const dataset = { name: 'items.csv', role: 'test', cid, sha256: '0'.repeat(64), bytes: csv.length } as const
  return world.challenge({
    oracles: names.map(({ address }) => address),
    csv: GOLD,
    prize: 100_000_000n,
    patience: 10n,
    payout: { tag: 'Earnings', values: undefined },
    edit: (manifest) => ({
      ...manifest,
      kind: 'labeling',
      datasets: [{ ...dataset, version: 1, previous: null, mediaType: 'text/csv' }],
      submission: {
        ...manifest.submission,
        rows: SIZE,
        columns: [{ name: 'label', type: 'string', labels: [...LABELS] }],
      },
      labeling: {
        ...{ items: 'items.csv', minAccuracy: 0.9, overlap: 2, secondsPerItem: 10, perItem: '0.2', epochSeconds: 5 },
        ...labeling,
      },
    }),
  })
}

async function open(names: readonly RunningOracle[], labeling: Partial<Manifest['labeling']> = {}) {
  const id = await create(names, labeling)
  await world.accepted(id)
  for (const { url } of names)
    await until(async () => (await fetch(`${url}/v1/tasks/challenges/${id}`)).ok, { what: 'tasks to be given' })
  return id
}

const client = () =>
  createClient({
    ...{ network: 'local', passphrase: world.devnet.passphrase, rpcUrl: world.devnet.rpcUrl, contract: world.contract },
    ...{ friendbotUrl: world.devnet.friendbotUrl, apiUrl: 'http://127.0.0.1:9', ipfsUrl: world.ipfs.url },
  })

async function label(challenge: number, signer: Keypair, say: (id: string) => string) {
  const drafts = memoryDrafts()
  const { rows, attempt } = await readWork(client(), { challenge }, { signer, drafts })
  const ids = rows.map(([id]) => id!)
  const csv = new TextEncoder().encode(`id,label\n${ids.map((id) => `${id},${say(id)}`).join('\n')}\n`)
  await handInBatch(client(), { challenge, csv, signer, drafts })
  return { ids, attempt }
}

const epochs = async (challenge: number) => (await view(world.chain, views.earnings({ challenge }))).epochs
const epochAfter = (challenge: number, count: number) =>
  until(async () => (await epochs(challenge)) > count, { what: `epoch ${count + 1}` })
const own = (challenge: number, { publicKey }: { publicKey: string }, count: number) =>
  until(
    async () => {
      const found = await readOwnWork(client(), { challenge, labeler: publicKey })
      return found.epochs >= count ? found : undefined
    },
    { what: 'the epoch in the own work' },
  )

test('labelers without an account are paid by epochs; a wrong known item is withdrawn, an appeal granted, and both are made good', async () => {
  const id = await open(oracles)
  const [good, lost, careless] = [Keypair.random(), Keypair.random(), Keypair.random()] as const
  await label(id, good, known)
  // Two batches are all items: one of them has the wrong known one.
  const both = [await label(id, lost, right), await label(id, lost, right)]
  const hit = both.find(({ ids }) => ids.includes(WRONG))!
  const wrong = await label(id, careless, () => LABELS[1])
  await epochAfter(id, 0)
  const paid = await own(id, { publicKey: good.publicKey() }, 1)
  expect(paid.batches[0]).toMatchObject({ state: 'accepted', units: SIZE, earned: String(RATE * BigInt(SIZE)) })

  const decided = (signer: Keypair, attempt: number, state: string) =>
    until(
      async () => {
        const { batches } = await readOwnWork(client(), { challenge: id, labeler: signer.publicKey() })
        return batches.find((one) => one.attempt === attempt && one.state === state)
      },
      { what: `batch ${attempt} to be ${state}` },
    )
  // What is said of a rejection names no known item.
  for (const [signer, { attempt }] of [
    [lost, hit],
    [careless, wrong],
  ] as const) {
    const before = await decided(signer, attempt, 'rejected')
    expect(before).toMatchObject({ reason: 91, why: expect.stringContaining('appeal') })
    for (const item of ITEMS) expect(JSON.stringify(before)).not.toContain(item)
    await appealBatch(client(), { challenge: id, attempt, why: 'item-04 is right.', signer })
  }

  // The maker reviews: it withdraws the known item, grants the other appeal, and says so to one oracle alone.
  const granted = { labeler: careless.publicKey(), attempt: wrong.attempt }
  const said = { number: 1, accepted: [granted], upheld: [], withdrawn: [WRONG] }
  const place = { ...world.place, challenge: id }
  const signature = await signDigest(world.maker, world.devnet.passphrase, reviewDigest(place, said))
  const sent = await fetch(`${oracles[1]!.url}/v1/work/reviews`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ challenge: id, review: { ...said, signature } }),
  })
  expect(sent.status).toBe(204)
  expect(await decided(lost, hit.attempt, 'accepted')).toMatchObject({ units: SIZE })
  expect(await decided(careless, wrong.attempt, 'accepted')).toMatchObject({ units: SIZE, appeal: 'granted' })
  const { total } = await view(world.chain, views.earnings({ challenge: id }))
  const { escrow } = (await world.state(id)).purse
  expect(total + escrow).toBe(100_000_000n)
  // Anybody claims for a labeler, whose account the payment makes.
  const claimed = await claim(client(), { challenge: id, labeler: good.publicKey() }, world.maker)
  expect(claimed.amount).toBe(RATE * BigInt(SIZE))
})

test('before its epoch no question tells how a batch was judged; nobody hands in what is not its own, or anything twice', async () => {
  const id = await open([oracles[0]!], { epochSeconds: 3_600 })
  const [one, thief] = [Keypair.random(), Keypair.random()]
  const first = await label(id, one, () => LABELS[1])
  const { batches } = await readOwnWork(client(), { challenge: id, labeler: one.publicKey() })
  expect(batches).toEqual([{ attempt: 1, state: 'waiting', toldBy: 1 }])
  await expect(appealBatch(client(), { challenge: id, attempt: 1, why: 'Why?', signer: one })).rejects.toThrow(
    'no rejected batch',
  )
  // Nor do the counts that everybody sees: of a right batch and a wrong one they say the same.
  const counts = async () =>
    (await (await fetch(`${oracles[0]!.url}/v1/tasks/challenges/${id}`)).json()) as Record<string, unknown>
  const wrong = await until(async () => ((await counts()).waiting === SIZE ? counts() : undefined), {
    what: 'the batch among those that wait',
  })
  expect(wrong).toMatchObject({ accepted: 0, covered: 0, held: SIZE, waiting: SIZE })
  // Nor do the items that are leased next: they are others than those of the wrong batch, as they would be after a right one.
  const second = await label(id, Keypair.random(), known)
  expect(second.ids.filter((item) => first.ids.includes(item))).toEqual([])
  const both = await until(async () => ((await counts()).waiting === 2 * SIZE ? counts() : undefined), {
    what: 'both batches among those that wait',
  })
  expect(both).toMatchObject({ accepted: 0, covered: 0, held: 2 * SIZE, waiting: 2 * SIZE })
  // What the oracle has of it: everybody can ask for it, and read none of it.
  const drafts = memoryDrafts()
  await readWork(client(), { challenge: id }, { signer: thief, drafts })
  const put = (batch: object, sealed: string) =>
    fetch(`${oracles[0]!.url}/v1/work/batches`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ challenge: id, batch, sealed }),
    })
  const sealed = Buffer.from('not sealed at all')
  const sha256 = createHash('sha256').update(sealed).digest('hex')
  const said = { labeler: thief.publicKey(), attempt: 1, units: SIZE, commitment: '0'.repeat(64), sha256 }
  const place = { ...world.place, challenge: id }
  const signature = await signDigest(thief, world.devnet.passphrase, batchDigest(place, said))
  const unsigned = await put({ ...said, signature: '0'.repeat(128) }, sealed.toString('base64'))
  expect([unsigned.status, ((await unsigned.json()) as { code: string }).code]).toEqual([422, 'not_signed'])
  const junk = await put({ ...said, signature }, sealed.toString('base64'))
  expect([junk.status, ((await junk.json()) as { code: string }).code]).toEqual([422, 'not_leased'])
  const again = await put({ ...said, labeler: one.publicKey(), signature }, sealed.toString('base64'))
  expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'attempt_taken'])
})

test('where nobody earns anything, and no epoch is posted, wrong batches keep their places no longer than an epoch takes, and can be appealed against', async () => {
  const id = await open([oracles[0]!])
  // All that labelers without an accepted batch may hold.
  const appellant = Keypair.random()
  for (const junk of [appellant, Keypair.random()]) await label(id, junk, () => LABELS[1])
  const signer = Keypair.random()
  const { rows } = await until(
    () => readWork(client(), { challenge: id }, { signer, drafts: memoryDrafts() }).catch(() => undefined),
    { what: 'items for the next labeler' },
  )
  expect(rows).toHaveLength(SIZE)
  expect(await epochs(id)).toBe(0)
  const rejected = await until(
    async () => {
      const { batches } = await readOwnWork(client(), { challenge: id, labeler: appellant.publicKey() })
      return batches.find(({ state }) => state === 'rejected')
    },
    { what: 'the verdict' },
  )
  expect(rejected).toEqual({
    attempt: 1,
    state: 'rejected',
    reason: 91,
    why: expect.stringContaining('appeal'),
    toldBy: 1,
  })
  await appealBatch(client(), { challenge: id, attempt: 1, why: 'Your known items are wrong.', signer: appellant })
  // What the reviewer grants makes the first epoch.
  const said = { number: 1, accepted: [{ labeler: appellant.publicKey(), attempt: 1 }], upheld: [], withdrawn: [] }
  const place = { ...world.place, challenge: id }
  const signature = await signDigest(world.maker, world.devnet.passphrase, reviewDigest(place, said))
  const sent = await fetch(`${oracles[0]!.url}/v1/work/reviews`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ challenge: id, review: { ...said, signature } }),
  })
  expect(sent.status).toBe(204)
  await epochAfter(id, 0)
  const { batches } = await own(id, { publicKey: appellant.publicKey() }, 1)
  expect(batches[0]).toMatchObject({ state: 'accepted', units: SIZE, appeal: 'granted' })
})

test('a rate that is finer than the token is refused before anybody labels', async () => {
  const [{ url }] = oracles as [RunningOracle]
  const id = await create([oracles[0]!], { perItem: '0.00000001' })
  const refusal = await until(
    async () => {
      const { refused } = (await (await fetch(`${url}/status`)).json()) as {
        refused: { challenge: number; code: string }[]
      }
      return refused.find(({ challenge }) => challenge === id)
    },
    { what: 'the refusal' },
  )
  expect(refusal.code).toBe('rate_unusable')
})
