/** Lists of work: two oracles that were handed the same batches come to one root, and a list that lies is refused with the reason. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { signDigest, toHex } from '@stellartrain/contracts-client'
import {
  appealDigest,
  batchDigest,
  encodeWork,
  type Review,
  reviewDigest,
  type SignedBatch,
} from '@stellartrain/ipfs-content/work'
import { expect, test } from 'vitest'
import type { Work } from '../grading/jobs.ts'
import { candidateOf, type EpochTerms, propose, reasonOf, refuseList } from './epoch.ts'
import { type Held, nameOf, type WorkStore } from './store.ts'

const PASSPHRASE = 'a network of tests'
const place = {
  network: '0'.repeat(64),
  contract: 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM',
  challenge: 7,
}
const reviewer = Keypair.random()
const terms: EpochTerms = {
  rate: 10n,
  minAccuracy: 0.7,
  place,
  networkPassphrase: PASSPHRASE,
  reviewer: reviewer.publicKey(),
}
const PAID_IN = 1_000n
const NOW = 2_000

const work = (more: Partial<Work> = {}): Work => ({
  ...{ reason: 0, message: '', layer: 1, expires: 1_900, ids: ['a', 'b'], answers: ['x', 'y'], known: [] },
  ...more,
})

let files = 0
async function held(labeler: Keypair, more: Partial<Work> = {}, { attempt = 1, time = 1_000 } = {}): Promise<Held> {
  const sha256 = (++files).toString(16).padStart(64, '0')
  const said = { labeler: labeler.publicKey(), attempt, units: 2, commitment: '1'.repeat(64), sha256 }
  const signature = await signDigest(labeler, PASSPHRASE, batchDigest(place, said))
  return { batch: { ...said, signature }, time, work: work(more) }
}

type Store = Pick<WorkStore, 'batches' | 'appeals' | 'reviews' | 'epochs'>
function storeOf(all: readonly Held[], more: Partial<Store> = {}): WorkStore {
  const batches = new Map(all.map((one) => [one.batch.sha256, one]))
  return { batches, appeals: new Map(), reviews: [], epochs: [], ...more } as unknown as WorkStore
}

const known = (store: WorkStore) => ({
  paidIn: PAID_IN,
  now: NOW,
  heldOf: (sha256: string) => store.batches.get(sha256),
})
const rootOf = async (store: WorkStore, list = propose(store, terms, PAID_IN)!) =>
  toHex(
    (await candidateOf(
      list,
      store,
      terms,
      (one) => store.batches.get(one)?.work,
      async () => `bafkrei${'a'.repeat(52)}`,
    ))!.root,
  )
const people = () => [Keypair.random(), Keypair.random(), Keypair.random()] as const

test('in whatever order batches came, another oracle accepts the list and comes to the same root', async () => {
  const [a, b, c] = people()
  const all = [await held(a, {}), await held(b, { layer: 2 }), await held(c, { known: [{ id: 'a', right: false }] })]
  const [first, second] = [storeOf(all), storeOf(all.toReversed())]
  const list = propose(first, terms, PAID_IN)!
  expect(list.batches.map(({ reason }) => reason).toSorted()).toEqual([0, 0, 91])
  expect(refuseList(list, second, terms, known(second))).toBeUndefined()
  expect(await rootOf(first)).toBe(await rootOf(second, list))
})

test('a list that lies is refused: a foreign or changed batch, another verdict, a moment to come, money that is not there, an epoch that is not next', async () => {
  const [a, b] = people()
  const one = await held(a)
  const store = storeOf([one])
  const list = propose(store, terms, PAID_IN)!
  const refused = (change: object, of = store) => refuseList({ ...list, ...change }, of, terms, known(of))
  const [batch] = list.batches
  expect(refused({})).toBeUndefined()
  expect(refused({ epoch: 2 })).toContain('another epoch')
  expect(refused({ challenge: 8 })).toContain('another epoch')
  expect(refused({ paidIn: '1001' })).toContain('more was paid in')
  expect(refused({ batches: [{ ...batch!, reason: 91 }] })).toContain('judged otherwise')
  expect(refused({ batches: [{ ...batch!, labeler: b.publicKey() }] })).toContain('another one')
  expect(refused({ batches: [{ ...batch!, time: NOW + 1 }] })).toContain('future')
  expect(refused({ batches: [{ ...batch!, sha256: 'f'.repeat(64) }] })).toContain('cannot be fetched')
  const after = storeOf([one], { epochs: [list] })
  expect(refused({ epoch: 2 }, after)).toContain('again')
  expect(propose(after, terms, PAID_IN)).toBeUndefined()
})

test('a lease that had ended pays nothing, and a batch of two devices is listed once', async () => {
  const [a] = people()
  expect(reasonOf(work(), 1_900, 0.7, new Set())).toBe(0)
  expect(reasonOf(work(), 1_901, 0.7, new Set())).toBe(94)
  const twice = [await held(a, {}, { time: 900 }), await held(a, { answers: ['y', 'y'] }, { time: 901 })]
  const list = propose(storeOf(twice), terms, PAID_IN)!
  expect(list.batches.map(({ sha256 }: SignedBatch) => sha256)).toEqual([twice[0]!.batch.sha256])
})

test('one oracle’s word that a batch came late ends none that another had in time, and what has its quorum stands', async () => {
  const [a] = people()
  const one = await held(a)
  const list = propose(storeOf([one]), terms, PAID_IN)!
  const late = { ...list, batches: [{ ...list.batches[0]!, time: 1_901, reason: 94 }] }
  const refused = (time: number, isPosted = false) => {
    const store = storeOf([{ ...one, time }])
    return refuseList(late, store, terms, { ...known(store), isPosted })
  }
  expect(refused(1_000)).toContain('was here in time')
  expect(refused(1_840)).toContain('was here in time')
  // Its clock may be behind the proposer's, or it was handed on at the last moment.
  expect(refused(1_841)).toBeUndefined()
  expect(refused(1_000, true)).toBeUndefined()
})

test('decisions count with the reviewer’s signature alone, in their order, and so do appeals with their labeler’s', async () => {
  const [a, b] = people()
  const lost = await held(a, { known: [{ id: 'k', right: false }] })
  const paid = await held(b, { layer: 2 })
  const said = { number: 1, accepted: [], upheld: [], withdrawn: ['k'] }
  const signature = await signDigest(reviewer, PASSPHRASE, reviewDigest(place, said))
  const review = { ...said, signature }
  const why = 'k is wrong'
  const name = { labeler: a.publicKey(), attempt: 1 }
  const appeal = { ...name, why, signature: await signDigest(a, PASSPHRASE, appealDigest(place, { ...name, why })) }
  const store = storeOf([lost, paid], { reviews: [review], appeals: new Map([[nameOf(appeal), appeal]]) })
  const list = propose(store, terms, PAID_IN)!
  expect(list.batches.every(({ reason }) => reason === 0)).toBe(true)
  expect(refuseList(list, store, terms, known(store))).toBeUndefined()
  const refused = (change: object) => refuseList({ ...list, ...change }, store, terms, known(store))
  const forged = await signDigest(a, PASSPHRASE, reviewDigest(place, said))
  expect(refused({ reviews: [{ ...said, signature: forged }] })).toContain('not signed by the reviewer')
  expect(refused({ reviews: [{ ...review, withdrawn: ['k', 'l'] }] })).toContain('not signed by the reviewer')
  expect(refused({ reviews: [{ ...review, number: 2 }] })).toContain('do not follow')
  expect(refused({ appeals: [{ ...appeal, why: 'something else' }] })).toContain('not signed by its labeler')
})

test('neither decisions nor appeals without end keep a batch from its epoch', async () => {
  const [a] = people()
  const paid = await held(a)
  const names = Array.from({ length: 1_000 }, (_, at) => ({ labeler: a.publicKey(), attempt: 1_000_000 + at }))
  const reviews = await Promise.all(
    Array.from({ length: 60 }, async (_, at): Promise<Review> => {
      const said = { number: at + 1, accepted: names, upheld: names, withdrawn: [] }
      return { ...said, signature: await signDigest(reviewer, PASSPHRASE, reviewDigest(place, said)) }
    }),
  )
  const signature = 'a'.repeat(128)
  const appeals = new Map(
    names.map(({ labeler, attempt }) => [
      nameOf({ labeler, attempt }),
      { labeler, attempt, why: '\u0001'.repeat(1_000), signature },
    ]),
  )
  const epochs: NonNullable<ReturnType<typeof propose>>[] = []
  const store = storeOf([paid], { reviews, appeals, epochs })
  const first = propose(store, terms, PAID_IN)!
  expect(first.batches.map(({ sha256 }) => sha256)).toEqual([paid.batch.sha256])
  // As many as fit, in their order; the others come with later epochs.
  const all = { reviews: 0, appeals: 0 }
  for (let list: typeof first | undefined = first; list; list = propose(store, terms, PAID_IN)) {
    expect(() => encodeWork(list!)).not.toThrow()
    expect(list.reviews[0]?.number ?? all.reviews + 1).toBe(all.reviews + 1)
    all.reviews += list.reviews.length
    all.appeals += list.appeals.length
    epochs.push(list)
  }
  expect(all).toEqual({ reviews: reviews.length, appeals: appeals.size })
  expect(refuseList({ ...first, appeals: [] }, storeOf([paid]), terms, known(store))).toBeUndefined()
})
