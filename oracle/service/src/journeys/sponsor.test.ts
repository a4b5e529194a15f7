/** Network fees that an oracle pays for labelers: for one whose account has nothing to spend, and for nobody and nothing else. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Account, Asset, Keypair, Operation, TransactionBuilder, xdr } from '@stellar/stellar-sdk'
import { readAccount, sendOperations, toHex, Verdict } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { type Lease, type Manifest, signLease } from '@stellartrain/ipfs-content'
import { readTasks } from '@stellartrain/sdk/batch'
import { createClient } from '@stellartrain/sdk/client'
import { readContext } from '@stellartrain/sdk/context'
import { type DraftStore, memoryDrafts } from '@stellartrain/sdk/drafts'
import { feesOffered, spendable } from '@stellartrain/sdk/fees'
import { readQuiz, takeQuiz } from '@stellartrain/sdk/quiz'
import { type SubmitProgress, submitFile } from '@stellartrain/sdk/submit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { LABELS } from './data.ts'
import { startWorld, type World } from './world.ts'

const ITEMS = Array.from({ length: 40 }, (_, index) => `item-${index}`)
const ASKED = Array.from({ length: 4 }, (_, index) => `ask-${index}`)
const SIZE = 4
/** Stroops: too few labels are paid here to pay a fee of. */
const RATE = 1_000n
const right = (id: string) => LABELS[Number(id.split('-')[1]) % 3]!
const GOLD = `id,label\n${[...ITEMS.slice(0, 20), ...ASKED].map((id) => `${id},${right(id)}`).join('\n')}\n`
const csvFile = (ids: readonly string[]) =>
  new TextEncoder().encode(`id,text\n${ids.map((id) => `${id},${id}`).join('\n')}\n`)

let world: World
let payer: Keypair
let oracleKey: Keypair
let oracle: RunningOracle
beforeAll(async () => {
  world = await startWorld()
  payer = await world.person()
  oracleKey = await world.person()
  oracle = await world.oracle(oracleKey.secret(), {
    ...{ sponsorSecretKey: payer.secret(), sponsorMakers: [world.maker.publicKey()], sponsorDailyXlm: 10 },
  })
})
afterAll(() => world?.close())

async function open({ quiz = true, by = oracle } = {}) {
  const publish = world.publisher(world.maker)
  const dataset = async (name: string, ids: readonly string[]) => {
    const csv = csvFile(ids)
    const base = { name, role: 'other', cid: await publish(csv), sha256: '0'.repeat(64), bytes: csv.length } as const
    return { ...base, version: 1, previous: null, mediaType: 'text/csv' }
  }
  const datasets = [await dataset('items.csv', ITEMS), ...(quiz ? [await dataset('quiz.csv', ASKED)] : [])]
  const gold = quiz
    ? GOLD
    : GOLD.split('\n')
        .filter((line) => !line.startsWith('ask'))
        .join('\n')
  const id = await world.challenge({
    ...{ oracles: [by.address], csv: gold, prize: 100_000_000n, opens_truth: false },
    payout: { tag: 'PerUnit', values: [{ rate: RATE, max_units: SIZE }] },
    edit: (manifest: Manifest): Manifest => ({
      ...manifest,
      kind: 'labeling',
      datasets,
      submission: {
        ...manifest.submission,
        rows: SIZE,
        columns: [{ name: 'label', type: 'string', labels: [...LABELS] }],
      },
      labeling: {
        ...{ items: 'items.csv', minAccuracy: 0.5, overlap: 3, secondsPerItem: 10 },
        ...(quiz && { quiz: { items: 'quiz.csv', questions: 2, minAccuracy: 1, tries: 1 } }),
      },
      opens: { truth: false, submissions: 'none' },
    }),
  })
  await world.accepted(id)
  await until(async () => (await fetch(`${by.url}/v1/tasks/challenges/${id}`)).ok, { what: 'tasks to be given' })
  return id
}

const client = () =>
  createClient({
    ...{ network: 'local', passphrase: world.devnet.passphrase, rpcUrl: world.devnet.rpcUrl, contract: world.contract },
    ...{ friendbotUrl: world.devnet.friendbotUrl, apiUrl: 'http://127.0.0.1:9', ipfsUrl: world.ipfs.url },
  })
const balanceOf = async (who: Keypair) => BigInt((await readAccount(world.chain, who.publicKey()))!.balance)
const csvOf = (ids: readonly string[]) =>
  new TextEncoder().encode(`id,label\n${ids.map((id) => `${id},${right(id)}`).join('\n')}\n`)

/** An account with its reserve alone: it exists, and can pay for nothing. */
async function poor(): Promise<Keypair> {
  const pair = Keypair.random()
  const made = Operation.createAccount({ destination: pair.publicKey(), startingBalance: '1' })
  await sendOperations(world.chain, [made], world.maker, { pollMs: 50 })
  return pair
}
async function pass(challenge: number, signer: Keypair) {
  const quiz = await readQuiz(client(), { challenge, labeler: signer.publicKey() })
  const csv = csvOf(quiz.rows.map(([id]) => id!))
  expect(await takeQuiz(client(), { challenge, try: quiz.try, csv }, { signer })).toMatchObject({ admitted: true })
}
async function lease(challenge: number, signer: Keypair, drafts: DraftStore = memoryDrafts()) {
  const { rows, attempt } = await readTasks(client(), { challenge, labeler: signer.publicKey() }, { signer, drafts })
  const place = { network: world.devnet.passphrase, contract: world.contract, challenge }
  const kept = await drafts.leases!.read({ ...place, solver: signer.publicKey(), attempt })
  return { drafts, ids: rows.map(([id]) => id!), lease: JSON.parse(new TextDecoder().decode(kept)) as Lease }
}
const ask = async (challenge: number, transaction: string, of: Lease, at = oracle) => {
  const answer = await fetch(`${at.url}/v1/tasks/fees`, {
    ...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ challenge, transaction, lease: of }),
  })
  const body = (await answer.json()) as { code?: string; xdr?: string; hash?: string }
  return { status: answer.status, ...body }
}

test('whoever passed the quiz and has nothing to spend submits and is paid; the labeler’s balance does not fall', async () => {
  const id = await open()
  const labeler = await poor()
  const context = await readContext(client(), id)
  expect(await feesOffered(client(), context)).toEqual([
    { url: oracle.url, oracle: oracle.address, paidBy: payer.publicKey() },
  ])
  expect(spendable((await readAccount(world.chain, labeler.publicKey()))!)).toBe(0n)
  await pass(id, labeler)
  const { drafts, ids } = await lease(id, labeler)
  const [before, paidBefore] = [await balanceOf(labeler), await balanceOf(payer)]
  const said: SubmitProgress[] = []
  const done = await submitFile(client(), {
    ...{ challenge: id, csv: csvOf(ids), signer: labeler, drafts },
    onProgress: (one) => void said.push(one),
  })
  expect(said).toContainEqual({ step: 'fee_paid', by: payer.publicKey() })
  expect(done.attempt).toBe(1)
  await until(async () => (await world.submission(id, labeler, 1)).verdict === Verdict.Scored, { what: 'the verdict' })
  const [after, paidAfter] = [await balanceOf(labeler), await balanceOf(payer)]
  // It lost nothing, and was paid for its labels.
  expect(after - before).toBe(BigInt(SIZE) * RATE)
  expect(paidBefore - paidAfter).toBeGreaterThan(0n)
  expect(paidBefore - paidAfter).toBeLessThan(5_300_000n)
})

test('whoever has XLM pays for itself', async () => {
  const id = await open()
  const labeler = await world.person()
  await pass(id, labeler)
  const { drafts, ids } = await lease(id, labeler)
  const before = await balanceOf(payer)
  const said: string[] = []
  await submitFile(client(), {
    ...{ challenge: id, csv: csvOf(ids), signer: labeler, drafts },
    onProgress: ({ step }) => void said.push(step),
  })
  expect(said).not.toContain('fee_paid')
  expect(await balanceOf(payer)).toBe(before)
})

test('a stranger is paid nothing: no quiz, no lease, another’s lease, another call, another’s money, a fee without end', async () => {
  const id = await open()
  const [labeler, stranger] = [await poor(), await poor()]
  await pass(id, labeler)
  const own = await lease(id, labeler)
  // The transaction as the sdk would send it, signed and kept from the ledger.
  let signed = ''
  await submitFile(
    {
      ...client(),
      fetch: (async (url: string, init?: RequestInit) => {
        if (!String(url).endsWith('/v1/tasks/fees')) return fetch(url, init)
        signed = (JSON.parse(String(init?.body)) as { transaction: string }).transaction
        throw new Error('kept')
      }) as typeof fetch,
    },
    { challenge: id, csv: csvOf(own.ids), signer: labeler, drafts: own.drafts },
  ).catch(() => {})
  expect(signed).not.toBe('')
  const before = await balanceOf(payer)
  const passphrase = world.devnet.passphrase
  const inner = () =>
    TransactionBuilder.fromXdr(signed, passphrase) as InstanceType<typeof import('@stellar/stellar-sdk').Transaction>
  const refused = async (transaction: string, code: string, of = own.lease) =>
    expect(await ask(id, transaction, of)).toMatchObject({ code })

  const place = { ...world.place, challenge: id }
  const forged = { ...own.lease, items: [...own.lease.items].reverse().slice(1) }
  const ownSignature = signLease(
    { ...place, labeler: stranger.publicKey(), ...forged },
    oracle.address,
    stranger.rawSecretKey(),
  )
  await refused(signed, 'no_lease', forged)
  await refused(signed, 'no_lease', { ...forged, signatures: [ownSignature] })
  // The stranger signs the same call: it is of another account.
  const other = inner()
  const again = (change: (builder: TransactionBuilder) => TransactionBuilder, by: Keypair, fee = other.fee) => {
    const copy = change(TransactionBuilder.cloneFrom(other, { fee })).build()
    copy.sign(by)
    return copy.toXdr()
  }
  await refused(
    again((b) => b, stranger),
    'bad_transaction',
  )
  // A payment, two calls, a call of another contract.
  const payment = Operation.payment({ destination: stranger.publicKey(), asset: Asset.native(), amount: '0.1' })
  const account = async (who: Keypair) =>
    new Account(who.publicKey(), String((await readAccount(world.chain, who.publicKey()))!.seqNum))
  const classic = async (who: Keypair) => {
    const built = new TransactionBuilder(await account(who), { fee: '100', networkPassphrase: passphrase })
      .addOperation(payment)
      .setTimeout(60)
      .build()
    built.sign(who)
    return built.toXdr()
  }
  await refused(await classic(labeler), 'bad_transaction')
  await refused(
    again((b) => b.addOperation(payment), labeler),
    'bad_transaction',
  )
  // One that bids too much, is unsigned, or is no envelope at all.
  await refused(
    again((b) => b, labeler, String(Number(other.fee) + 200_000)),
    'bad_transaction',
  )
  const bare = TransactionBuilder.cloneFrom(other, { fee: other.fee }).build().toXdr()
  await refused(bare, 'bad_transaction')
  await refused('AAAA', 'bad_transaction')
  // Arguments that have no form here.
  const odd = Operation.invokeContractFunction({
    ...{ contract: world.contract, function: 'submit', source: labeler.publicKey() },
    args: [xdr.ScVal.scvLedgerKeyContractInstance()],
  })
  const oddCall = new TransactionBuilder(await account(labeler), { fee: '100', networkPassphrase: passphrase })
    .addOperation(odd)
    .setTimeout(60)
    .build()
  oddCall.sign(labeler)
  await refused(oddCall.toXdr(), 'bad_transaction')
  // With a lease of somebody else's; neither the ledger nor other oracles are asked about accounts that strangers make up.
  await refused(await classic(stranger), 'no_lease')
  const nobody = Keypair.random()
  const madeUp = new TransactionBuilder(new Account(nobody.publicKey(), '1'), {
    ...{ fee: '100', networkPassphrase: passphrase },
  })
    .addOperation(payment)
    .setTimeout(60)
    .build()
  madeUp.sign(nobody)
  await refused(madeUp.toXdr(), 'no_lease')
  // Who did not pass the quiz, with a lease that its oracle should not have signed.
  const { signatures: _, ...terms } = own.lease
  const wrong = { ...place, labeler: stranger.publicKey(), ...terms }
  await refused(await classic(stranger), 'quiz_not_passed', {
    ...own.lease,
    signatures: [signLease(wrong, oracle.address, oracleKey.rawSecretKey())],
  })
  expect(await balanceOf(payer)).toBe(before)

  // The true one is paid, the same each time it is asked for.
  const [one, two] = [await ask(id, signed, own.lease), await ask(id, signed, own.lease)]
  expect(one).toMatchObject({ status: 200, hash: expect.any(String) })
  expect(two).toEqual(one)
  const outer = TransactionBuilder.fromXdr(one.xdr!, passphrase)
  expect('innerTransaction' in outer && toHex(outer.innerTransaction.hash())).toBe(toHex(other.hash()))
})

test('it pays in no challenge that admits everyone, in none of other makers, and an account no more than its part of a day', async () => {
  const everyone = await open({ quiz: false })
  const labeler = await poor()
  const { lease: of } = await lease(everyone, labeler)
  expect(await ask(everyone, 'AAAA', of)).toMatchObject({ status: 403, code: 'not_offered' })

  const stingy = await world.oracle(undefined, {
    ...{ sponsorSecretKey: payer.secret(), sponsorMakers: [Keypair.random().publicKey()], sponsorDailyXlm: 10 },
  })
  const others = await open({ by: stingy })
  expect(await feesOffered(client(), await readContext(client(), others))).toEqual([])

  // A tenth of three XLM pays for some submissions of an account, at what they could take at most.
  const [home, secret] = [await mkdtemp(join(tmpdir(), 'oracle-sponsor-')), (await world.person()).secret()]
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const terms = { sponsorSecretKey: payer.secret(), sponsorMakers: [world.maker.publicKey()], sponsorDailyXlm: 3, home }
  const limited = await world.oracle(secret, terms)
  const small = await open({ by: limited })
  const many = await poor()
  await pass(small, many)
  const before = await balanceOf(payer)
  const next = async () => {
    const { drafts, ids } = await lease(small, many)
    const said: string[] = []
    const failed = await submitFile(client(), {
      ...{ challenge: small, csv: csvOf(ids), signer: many, drafts },
      onProgress: ({ step }) => void said.push(step),
    }).catch((error: { code?: string }) => error.code)
    return said.includes('fee_paid') ? 'paid' : failed
  }
  let paid = 0
  for (let ended = await next(); ended === 'paid'; ended = await next()) {
    paid++
    await until(async () => (await world.submission(small, many, paid)).verdict === Verdict.Scored, {
      what: 'the verdict',
    })
  }
  expect(paid).toBeGreaterThan(1)
  expect(paid).toBeLessThan(6)
  expect(await next()).toBe('no_funds')
  // Nor after a restart.
  await limited.close()
  const again = await world.oracle(secret, { ...terms, port: Number(new URL(limited.url).port) })
  await until(async () => (await fetch(`${again.url}/v1/tasks/challenges/${small}`)).ok, { what: 'its tasks' })
  expect(await next()).toBe('no_funds')
  expect(before - (await balanceOf(payer))).toBeLessThanOrEqual(3_000_000n)
})

test('what an oracle answers in the place of a fee bump is never sent', async () => {
  const id = await open()
  const labeler = await poor()
  await pass(id, labeler)
  const { drafts, ids } = await lease(id, labeler)
  const other = new TransactionBuilder(new Account(labeler.publicKey(), '1'), {
    ...{ fee: '100', networkPassphrase: world.devnet.passphrase },
  })
    .addOperation(Operation.payment({ destination: payer.publicKey(), asset: Asset.native(), amount: '0.5' }))
    .setTimeout(60)
    .build()
  const lying = (async (url: string, init?: RequestInit) =>
    String(url).endsWith('/v1/tasks/fees')
      ? Response.json({ xdr: other.toXdr(), hash: '', sponsor: payer.publicKey() })
      : fetch(url, init)) as typeof fetch
  await expect(
    submitFile({ ...client(), fetch: lying }, { challenge: id, csv: csvOf(ids), signer: labeler, drafts }),
  ).rejects.toMatchObject({ code: 'signed_other' })
})
