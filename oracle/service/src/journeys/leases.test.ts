/** Leases, end to end: labelers with the sdk, three oracles of which one is silent, lies or forgets, and batches that try to do without. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { Verdict, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { type Lease, type Manifest, signLease } from '@stellartrain/ipfs-content'
import { readTasks, type Tasks } from '@stellartrain/sdk/batch'
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
const OVERLAP = 3
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

async function open(
  names = oracles,
  { items = ITEMS, overlap = OVERLAP, ...terms }: { items?: string[]; overlap?: number; opens_truth?: boolean } = {},
) {
  const csv = new TextEncoder().encode(`id,text\n${items.map((id) => `${id},"What is, ${id}?"`).join('\n')}\n`)
  const cid = await world.publisher(world.maker)(csv)
  const dataset = { name: 'items.csv', role: 'test', cid, sha256: '0'.repeat(64), bytes: csv.length } as const
  const id = await world.challenge({
    oracles: names.map(({ address }) => address),
    csv: GOLD,
    prize: 100_000_000n,
    attempts: 20,
    attempts_per_day: 20,
    payout: { tag: 'PerUnit', values: [{ rate: RATE, max_units: SIZE }] },
    ...terms,
    edit: (manifest: Manifest): Manifest => ({
      ...manifest,
      kind: 'labeling',
      datasets: [{ ...dataset, version: 1, previous: null, mediaType: 'text/csv' }],
      submission: {
        ...manifest.submission,
        rows: SIZE,
        columns: [{ name: 'label', type: 'string', labels: [...LABELS] }],
      },
      labeling: { items: 'items.csv', minAccuracy: 0.8, overlap, secondsPerItem: 10 },
      opens: { truth: terms.opens_truth ?? false, submissions: terms.opens_truth ? 'all' : 'none' },
    }),
  })
  await world.accepted(id)
  return id
}

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
  (await (await fetch(`${oracle.url}/v1/tasks/challenges/${challenge}`)).json()) as Record<string, unknown>
const people = (count: number) => Promise.all(Array.from({ length: count }, () => world.person()))
const decided = (id: number, labeler: Keypair, attempt: number) =>
  until(
    async () => {
      const found = await world.submission(id, labeler, attempt)
      return found.verdict === Verdict.Pending ? undefined : found
    },
    { what: 'the verdict' },
  )

test('whoever comes and goes, every item gets exactly its labelers, and nobody labels one twice; a silent oracle holds up nobody', async () => {
  const secret = (await world.person()).secret()
  const silent = await world.oracle(secret)
  const id = await open([oracles[0]!, oracles[1]!, silent])
  const done = new Map(ITEMS.map((item) => [item, new Set<string>()]))
  const total = () => [...done.values()].reduce((sum, { size }) => sum + size, 0)
  const work = async (labeler: Keypair, at: number) => {
    for (let batch = 1; total() < ITEMS.length * OVERLAP; batch++) {
      const drafts = memoryDrafts()
      const tasks = await ask(id, labeler, drafts).catch((error: { code?: string }) => error)
      if ('code' in tasks) {
        expect(['no_lease', 'no_attempts_left']).toContain(tasks.code)
        if (tasks.code === 'no_attempts_left') return
        continue
      }
      const ids = idsOf(tasks as Tasks)
      // One labeler is careless once: what was rejected is labeled by others.
      const wrong = at === 0 && batch === 1
      await submitFile(client(), {
        challenge: id,
        csv: csvOf(ids, wrong ? () => LABELS[1] : right),
        signer: labeler,
        drafts,
      })
      const { verdict } = await decided(id, labeler, (tasks as Tasks).attempt)
      expect(verdict).toBe(wrong ? Verdict.Rejected : Verdict.Scored)
      if (batch === 2 && at === 1) await silent.close()
      for (const item of wrong ? [] : ids) {
        expect(done.get(item)!.has(labeler.publicKey())).toBe(false)
        done.get(item)!.add(labeler.publicKey())
      }
    }
  }
  await Promise.all((await people(5)).map(work))
  expect([...done.values()].map(({ size }) => size)).toEqual(ITEMS.map(() => OVERLAP))
  const told = await until(
    async () => {
      const found = await coverage(oracles[0]!, id)
      return found.accepted === 180 ? found : undefined
    },
    { what: 'all labels in the coverage' },
  )
  expect(told).toMatchObject({ places: 180, accepted: 180, held: 0, covered: 60, items: 60 })
  const { escrow, reserved } = (await world.state(id)).purse
  expect([escrow, reserved]).toEqual([100_000_000n - 180n * RATE, 0n])
})

test('what a lying oracle hands out alone, what was replayed, is over or signed by strangers is rejected; the honest go on, and verify sees it', async () => {
  const id = await open(oracles, { opens_truth: true })
  // It offers batches without a known item, and signs whatever it is shown.
  liar.signs = true
  liar.propose = async ({ challenge, labeler }) => {
    const { attempts } = await view(world.chain, views.attempts({ challenge, solver: labeler }))
    const items = ITEMS.filter((item) => !isKnown(item)).slice(0, SIZE)
    const expires = world.devnet.ledger().closeTime + 600
    return signedBy(liar.secret, challenge, labeler, { attempt: attempts + 1, expires, items, signatures: [] })
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
  const made = await liar.propose({ challenge: id, labeler: alone.publicKey() })
  expect(await enter(alone, made, made.items)).toBe(93)
  expect(await enter(none, undefined, made.items)).toBe(92)
  const forged = signedBy(
    await world.person(),
    id,
    strange.publicKey(),
    await liar.propose({ challenge: id, labeler: strange.publicKey() }),
  )
  expect(await enter(strange, forged, forged.items)).toBe(93)

  // All of them get a lease with known items in it, whoever is asked first.
  const drafts = memoryDrafts()
  const leases = new Map<Keypair, Lease>()
  for (const labeler of [honest, replayed, late]) {
    const own = labeler === honest ? drafts : memoryDrafts()
    const ids = idsOf(await ask(id, labeler, own))
    expect(ids.filter(isKnown)).toHaveLength(5)
    const key = {
      network: world.devnet.passphrase,
      contract: world.contract,
      challenge: id,
      solver: labeler.publicKey(),
      attempt: 1,
    }
    leases.set(labeler, JSON.parse(new TextDecoder().decode(await own.leases!.read(key))) as Lease)
  }
  const items = leases.get(honest)!.items
  await submitFile(client(), { challenge: id, csv: csvOf(items), signer: honest, drafts })
  expect(await decided(id, honest, 1)).toMatchObject({ verdict: Verdict.Scored, accepted_units: SIZE })
  // Another labeler's, another attempt's, and one with other items.
  expect(await enter(alone, leases.get(honest)!, items, 2)).toBe(93)
  const first = leases.get(replayed)!
  expect(await enter(replayed, first, first.items)).toBe(0)
  expect(await enter(replayed, first, first.items, 2)).toBe(93)
  const over = leases.get(late)!
  await world.devnet.warp(over.expires - world.devnet.ledger().closeTime + 1)
  expect(await enter(late, over, over.items)).toBe(94)

  liar.propose = undefined as never
  liar.signs = false
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
