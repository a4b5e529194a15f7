/** Leases, end to end: labelers with the sdk, three oracles of which one is silent, lies or forgets, and batches that try to do without. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Keypair } from '@stellar/stellar-sdk'
import { Verdict, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { type Lease, type Manifest, signLease } from '@stellartrain/ipfs-content'
import { readTasks, renewTasks, type Tasks } from '@stellartrain/sdk/batch'
import { createClient } from '@stellartrain/sdk/client'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { submitFile } from '@stellartrain/sdk/submit'
import { verify } from '@stellartrain/sdk/verify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { LABELS } from './data.ts'
import { startWorld, type World } from './world.ts'

const RATE = 100_000n
const SIZE = 15
const PRIZE = 100_000_000n
const ITEMS = Array.from({ length: 60 }, (_, index) => `item-${index}`)
const right = (id: string) => LABELS[Number(id.slice(5)) % 3]!
/** Every third item is known. */
const isKnown = (id: string) => Number(id.slice(5)) % 3 === 0
const GOLD = `id,label\n${ITEMS.filter(isKnown)
  .map((id) => `${id},${right(id)}`)
  .join('\n')}\n`

let world: World
let oracles: RunningOracle[]
/** The first two keep their rules; what the third does, each test says. */
let liar: { secret: Keypair; propose?: (of: { challenge: number; labeler: string }) => Promise<Lease>; signs: boolean }

beforeAll(async () => {
  world = await startWorld()
  liar = { secret: await world.person(), signs: false }
  const lying = await world.oracle(liar.secret.secret(), {
    tasks: (honest) => ({
      ...honest,
      propose: (challenge, labeler, renew) =>
        liar.propose ? liar.propose({ challenge, labeler }) : honest.propose(challenge, labeler, renew),
      sign: async (challenge, labeler, lease) =>
        liar.signs ? signedBy(liar.secret, challenge, labeler, lease) : honest.sign(challenge, labeler, lease),
    }),
  })
  oracles = [await world.oracle(), await world.oracle(), lying]
})
afterAll(() => world?.close())

const signedBy = (pair: Keypair, challenge: number, labeler: string, lease: Lease): Lease => {
  const own = signLease({ ...world.place, challenge, labeler, ...lease }, pair.publicKey(), pair.rawSecretKey())
  return { ...lease, signatures: [...lease.signatures.filter(({ oracle }) => oracle !== own.oracle), own] }
}

type Options = { overlap?: number; size?: number; opens_truth?: boolean }

async function open(names = oracles, { overlap = 3, size = SIZE, ...terms }: Options = {}) {
  const csv = new TextEncoder().encode(`id,text\n${ITEMS.map((id) => `${id},"What is, ${id}?"`).join('\n')}\n`)
  const cid = await world.publisher(world.maker)(csv)
  const dataset = { name: 'items.csv', role: 'test', cid, sha256: '0'.repeat(64), bytes: csv.length } as const
  const columns = [{ name: 'label', type: 'string' as const, labels: [...LABELS] }]
  const id = await world.challenge({
    oracles: names.map(({ address }) => address),
    csv: GOLD,
    prize: PRIZE,
    payout: { tag: 'PerUnit', values: [{ rate: RATE, max_units: size }] },
    ...terms,
    edit: (manifest: Manifest): Manifest => ({
      ...manifest,
      kind: 'labeling',
      datasets: [{ ...dataset, version: 1, previous: null, mediaType: 'text/csv' }],
      submission: { ...manifest.submission, rows: size, columns },
      labeling: { items: 'items.csv', minAccuracy: 0.8, overlap, secondsPerItem: 10 },
      opens: { truth: terms.opens_truth ?? false, submissions: terms.opens_truth ? 'all' : 'none' },
    }),
  })
  await world.accepted(id)
  // Whoever asks before all oracles have seen the acceptance is sent from one to the next.
  for (const oracle of names) await until(async () => (await coverageOf(oracle, id)).ok, { what: 'tasks to be given' })
  return id
}

const coverageOf = (oracle: RunningOracle, id: number) => fetch(`${oracle.url}/v1/tasks/challenges/${id}`)
const client = () =>
  createClient({
    ...{ network: 'local', passphrase: world.devnet.passphrase, rpcUrl: world.devnet.rpcUrl, contract: world.contract },
    ...{ friendbotUrl: world.devnet.friendbotUrl, apiUrl: 'http://127.0.0.1:9', ipfsUrl: world.ipfs.url },
  })
const csvOf = (ids: readonly string[], say = right) =>
  new TextEncoder().encode(`id,label\n${ids.map((id) => `${id},${say(id)}`).join('\n')}\n`)
const idsOf = ({ rows }: Tasks) => rows.map(([id]) => id!)
const ask = (challenge: number, signer: Keypair, drafts = memoryDrafts()) =>
  readTasks(client(), { challenge, labeler: signer.publicKey() }, { signer, drafts })
const coverage = async (oracle: RunningOracle, challenge: number) =>
  (await (await coverageOf(oracle, challenge)).json()) as Record<string, unknown>
const people = (count: number) => Promise.all(Array.from({ length: count }, () => world.person()))
const decided = (id: number, labeler: Keypair, attempt: number) =>
  until(
    async () => {
      const found = await world.submission(id, labeler, attempt)
      return found.verdict === Verdict.Pending ? undefined : found
    },
    { what: 'the verdict' },
  )

test('whoever comes and goes, every item gets exactly its labelers, nobody labels one twice, and a silent oracle holds up nobody', async () => {
  const silent = await world.oracle()
  const id = await open([oracles[0]!, oracles[1]!, silent], { overlap: 2, size: 30 })
  await silent.close()
  const done = new Map(ITEMS.map((item) => [item, new Set<string>()]))
  const places = ITEMS.length * 2
  const total = () => [...done.values()].reduce((sum, { size }) => sum + size, 0)
  const work = async (labeler: Keypair, at: number) => {
    for (let batch = 1; total() < places; batch++) {
      const drafts = memoryDrafts()
      const tasks = await ask(id, labeler, drafts).catch((error: { code?: string }) => error.code)
      if (tasks === 'no_attempts_left') return
      // Strangers hold their half of the places, or others hold the last ones.
      if (tasks === 'no_lease') {
        await setTimeout(200)
        continue
      }
      if (tasks === undefined || typeof tasks === 'string') throw new Error(`no items: ${tasks}`)
      const ids = idsOf(tasks)
      // One labeler is careless once: what was rejected is labeled by others.
      const wrong = at === 0 && batch === 1
      const csv = csvOf(ids, wrong ? () => LABELS[1] : right)
      await submitFile(client(), { challenge: id, csv, signer: labeler, drafts })
      expect(await decided(id, labeler, tasks.attempt)).toMatchObject({
        verdict: wrong ? Verdict.Rejected : Verdict.Scored,
      })
      for (const item of ids) expect(done.get(item)!.has(labeler.publicKey())).toBe(false)
      for (const item of wrong ? [] : ids) done.get(item)!.add(labeler.publicKey())
    }
  }
  await Promise.all((await people(4)).map(work))
  expect([...done.values()].map(({ size }) => size)).toEqual(ITEMS.map(() => 2))
  const told = await until(
    async () => {
      const found = await coverage(oracles[0]!, id)
      return found.accepted === places ? found : undefined
    },
    { what: 'all labels in the coverage' },
  )
  expect(told).toMatchObject({ places, held: 0, covered: 60, items: 60 })
  const { escrow, reserved } = (await world.state(id)).purse
  expect([escrow, reserved]).toEqual([PRIZE - BigInt(places) * RATE, 0n])
})

test('what a lying oracle hands out alone, what was replayed, is over or signed by strangers is rejected; the honest go on, and verify sees it', async () => {
  const id = await open(oracles, { opens_truth: true })
  // It offers batches without a known item, and signs whatever it is shown.
  liar.signs = true
  liar.propose = async ({ challenge, labeler }) => {
    const { attempts } = await view(world.chain, views.attempts({ challenge, solver: labeler }))
    const items = ITEMS.filter((item) => !isKnown(item)).slice(0, SIZE)
    const expires = world.devnet.ledger().closeTime + 600
    return signedBy(liar.secret, challenge, labeler, {
      attempt: attempts + 1,
      layer: 1,
      expires,
      items,
      signatures: [],
    })
  }
  const [honest, alone, none, strange, replayed, late] = (await people(6)) as [
    Keypair,
    Keypair,
    Keypair,
    Keypair,
    Keypair,
    Keypair,
  ]
  const enter = async (labeler: Keypair, lease: Lease | undefined, ids: readonly string[], attempt = 1) => {
    const file = await world.seal(id, labeler, new TextDecoder().decode(csvOf(ids)), { lease })
    await world.enter(id, labeler, file, { attempt, units: ids.length })
    return (await decided(id, labeler, attempt)).reason
  }
  const propose = liar.propose
  const leaseOf = async (labeler: Keypair) => {
    const drafts = memoryDrafts()
    const ids = idsOf(await ask(id, labeler, drafts))
    // Half of them, or more: what oracles signed for tries that others did not complete is taken until it lapses.
    expect(ids.filter(isKnown).length).toBeGreaterThanOrEqual(5)
    const { passphrase: network } = world.devnet
    const key = { network, contract: world.contract, challenge: id, solver: labeler.publicKey(), attempt: 1 }
    return { drafts, lease: JSON.parse(new TextDecoder().decode(await drafts.leases!.read(key))) as Lease }
  }
  const made = await propose({ challenge: id, labeler: alone.publicKey() })
  const stranger = await world.person()
  const forged = signedBy(
    stranger,
    id,
    strange.publicKey(),
    await propose({ challenge: id, labeler: strange.publicKey() }),
  )
  // All of them get a lease with known items in it, whoever is asked first.
  const [own, first, over, ...reasons] = await Promise.all([
    leaseOf(honest),
    leaseOf(replayed),
    leaseOf(late),
    enter(alone, made, made.items),
    enter(none, undefined, made.items),
    enter(strange, forged, forged.items),
  ])
  expect(reasons).toEqual([93, 92, 93])
  const { items } = own.lease
  await Promise.all([
    submitFile(client(), { challenge: id, csv: csvOf(items), signer: honest, drafts: own.drafts }),
    enter(replayed, first.lease, first.lease.items),
  ])
  expect(await decided(id, honest, 1)).toMatchObject({ verdict: Verdict.Scored, accepted_units: SIZE })
  expect(await decided(id, replayed, 1)).toMatchObject({ verdict: Verdict.Scored })
  // Another labeler's, and that of another attempt.
  const again = [enter(alone, own.lease, items, 2), enter(replayed, first.lease, first.lease.items, 2)]
  expect(await Promise.all(again)).toEqual([93, 93])
  await world.devnet.warp(over.lease.expires - world.devnet.ledger().closeTime + 1)
  expect(await enter(late, over.lease, over.lease.items)).toBe(94)

  liar = { secret: liar.secret, signs: false }
  await world.devnet.warp(6_000)
  await until(
    async () => (await view(world.chain, views.revealed({ challenge: id, by: oracles[0]!.address }))) !== null,
    { what: 'the opening' },
  )
  const number = (await world.submission(id, honest)).number
  const checked = await until(
    async () => {
      const found = await verify(client(), { challenge: id, number })
      return found.verified || found.refuted ? found : undefined
    },
    { what: 'the verification' },
  )
  expect(checked.checks.map(({ id: name, state }) => `${name} ${state}`)).toContain('lease passed')
  expect(checked.verified).toBe(true)
})

test('two devices have one lease, it is renewed while somebody works, and nothing is spent where it is too late', async () => {
  const id = await open()
  const [labeler] = await people(1)
  const [phone, desk] = [memoryDrafts(), memoryDrafts()]
  const [first, second] = await Promise.all([ask(id, labeler!, phone), ask(id, labeler!, desk)])
  expect(idsOf(second)).toEqual(idsOf(first))
  // A third, later, without anything kept, and the oracle that was asked first away.
  expect(idsOf(await ask(id, labeler!))).toEqual(idsOf(first))
  const { expires } = first
  await world.devnet.warp(expires! - world.devnet.ledger().closeTime - 30)
  await submitFile(client(), { challenge: id, csv: csvOf(idsOf(first)), signer: labeler!, drafts: phone })
  expect(await decided(id, labeler!, 1)).toMatchObject({ verdict: Verdict.Scored })
  // The other device has labeled the same: it is told that this is done.
  const next = await ask(id, labeler!, desk)
  expect(next.attempt).toBe(2)
  expect(idsOf(next).some((item) => idsOf(first).includes(item))).toBe(false)
  await world.devnet.warp(next.expires! - world.devnet.ledger().closeTime + 1)
  const tooLate = submitFile(client(), { challenge: id, csv: csvOf(idsOf(next)), signer: labeler!, drafts: desk })
  await expect(tooLate).rejects.toMatchObject({ code: 'lease_expired' })
  expect((await view(world.chain, views.attempts({ challenge: id, solver: labeler!.publicKey() }))).attempts).toBe(1)
  const other = readTasks(client(), { challenge: id, labeler: labeler!.publicKey() }, { signer: (await people(1))[0]! })
  await expect(other).rejects.toMatchObject({ code: 'not_yours' })
})

test('items are said to be for as long as they can be submitted, which the deadline may end before the lease', async () => {
  const id = await open()
  const [labeler] = await people(1)
  const drafts = memoryDrafts()
  const deadline = Number((await view(world.chain, views.challenge({ challenge: id }))).terms.deadline)
  const lasting = await ask(id, labeler!, drafts)
  expect(lasting.expires).toBeLessThan(deadline)
  await world.devnet.warp(deadline - 60 - world.devnet.ledger().closeTime)
  expect((await ask(id, (await people(1))[0]!)).expires).toBe(deadline)
})

test('who is still labeling keeps the items for longer, up to a bound, and is told once they are lost', async () => {
  const id = await open()
  const [labeler] = await people(1)
  const drafts = memoryDrafts()
  const first = await ask(id, labeler!, drafts)
  const of = { challenge: id, attempt: first.attempt }
  const options = { signer: labeler!, drafts }
  await world.devnet.warp(600)
  // An oracle whose view of the ledger is behind gives the lease as it is.
  const later = await until(
    async () => {
      const expires = await renewTasks(client(), of, options)
      return expires > first.expires! ? expires : undefined
    },
    { what: 'the renewal' },
  )
  expect(later - first.expires!).toBeLessThanOrEqual(700)
  const kept = await ask(id, labeler!, drafts)
  expect([kept.expires, idsOf(kept)]).toEqual([later, idsOf(first)])
  await world.devnet.warp(later - world.devnet.ledger().closeTime + 1)
  await expect(renewTasks(client(), of, options)).rejects.toMatchObject({ code: 'lease_expired' })
  await expect(renewTasks(client(), of, { signer: labeler! })).rejects.toMatchObject({ code: 'lease_expired' })
})

test('an oracle that is started again knows what it signed; one that lost it signs nothing until that has ended', async () => {
  const secret = (await world.person()).secret()
  const home = join(world.home, 'forgetful')
  let one = await world.oracle(secret, { home })
  const id = await open([one])
  const [first, second] = await people(2)
  const mine = await ask(id, first!)
  await one.close()
  one = await world.oracle(secret, { home })
  expect(idsOf(await ask(id, first!))).toEqual(idsOf(mine))
  await one.close()
  await rm(join(home, 'leases'), { recursive: true })
  one = await world.oracle(secret, { home })
  await expect(ask(id, second!)).rejects.toMatchObject({
    code: 'no_lease',
    retryable: true,
    message: expect.stringContaining('journal was lost'),
  })
  await world.devnet.warp(mine.expires! - world.devnet.ledger().closeTime + 200)
  expect((await ask(id, second!)).rows).toHaveLength(SIZE)
})
