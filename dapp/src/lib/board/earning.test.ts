/** What the board of earnings says: from the lists and reports of epochs, and nothing that these do not say. */

import { Keypair } from '@stellar/stellar-sdk/base'
import { encodeEarnings } from '@stellartrain/ipfs-content/earnings'
import type { JudgedBatch, WorkList } from '@stellartrain/ipfs-content/work'
import { encodeWork } from '@stellartrain/ipfs-content/work'
import { describe, expect, it } from 'vitest'
import type { Epoch } from '../read/types.ts'
import { earningOf } from './earning.ts'
import { type Posted, readPosted, reportsOf } from './posted.ts'

const [A, B] = [Keypair.random(), Keypair.random()].map((pair) => pair.publicKey()).toSorted() as [string, string]
const CONTRACT = 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM'
const NETWORK = '1'.repeat(64)
const now = Date.parse('2026-11-22T12:00:00Z')
const HOUR = 3_600_000

let files = 0
const batch = (labeler: string, attempt: number, hoursAgo: number, reason = 0): JudgedBatch => ({
  ...{ labeler, attempt, units: 10, reason, time: (now - hoursAgo * HOUR) / 1_000 },
  ...{ commitment: '0'.repeat(64), signature: '0'.repeat(128), sha256: String(files++).padStart(64, '0') },
})
const list = (epoch: number, more: Partial<WorkList>): WorkList => ({
  ...{ format: 'stellartrain/earnings-work', version: 1, network: NETWORK, contract: CONTRACT, challenge: 7 },
  ...{ epoch, paidIn: '1000', batches: [], appeals: [], reviews: [], ...more },
})
const decided = (of: { accepted?: { labeler: string; attempt: number }[]; withdrawn?: string[] }) => ({
  ...{ number: 1, upheld: [], signature: '0'.repeat(128), accepted: [], withdrawn: [] },
  ...of,
})
const challenge = { left: '700', earnings: { epochs: 2, total: '300', claimed: '100' } }
const posted = (lists: WorkList[], more: Partial<Posted> = {}): Posted => ({
  ...{ lists, leaves: [], at: now, unread: 0 },
  ...more,
})
const coverage = { items: 40, overlap: 2, places: 80, accepted: 30, held: 20, covered: 10, waiting: 12 }

describe('money and time', () => {
  it('says what is left, earned, sent, and at most owed next', () => {
    const { money, waiting } = earningOf(challenge, posted([]), { rate: 10n, coverage, now })
    expect(money).toEqual({
      ...{ left: 700n, earned: 300n, sent: 100n, toClaim: 200n, next: 120n },
      ...{ toFinish: 500n, short: 0n },
    })
    expect(waiting).toBe(12)
    // No epoch owes more than there is.
    const poor = earningOf({ ...challenge, left: '50' }, posted([]), { rate: 10n, coverage, now })
    expect(poor.money).toMatchObject({ next: 50n, short: 450n })
  })

  it('claims nothing that no oracle says', () => {
    const silent = earningOf(challenge, posted([]), { rate: 10n, coverage: undefined, now })
    expect(silent.money).toMatchObject({ next: null, toFinish: null, short: 0n })
    const { waiting, ...older } = coverage
    void waiting
    expect(earningOf(challenge, posted([]), { rate: 10n, coverage: older, now }).money.next).toBeNull()
  })

  it('forecasts from the batches of the last day, up to the last epoch', () => {
    const lists = [list(1, { batches: [batch(A, 1, 30), batch(A, 2, 6), batch(B, 1, 4), batch(B, 2, 3, 91)] })]
    // 20 labels in the four hours from the first to the epoch; what came since then is not known.
    const at = now - 2 * HOUR
    expect(earningOf(challenge, posted(lists, { at }), { rate: 10n, coverage, now }).forecast).toEqual({
      perHour: 5,
      doneAt: now + 10 * HOUR,
    })
    const old = [list(1, { batches: [batch(A, 1, 30)] })]
    expect(earningOf(challenge, posted(old), { rate: 10n, coverage, now }).forecast).toBeNull()
    expect(earningOf(challenge, posted(lists), { rate: 10n, coverage: undefined, now }).forecast?.doneAt).toBeNull()
  })
})

it('counts batches by what was decided last, and says which cannot be told', () => {
  const lists = [
    list(1, { batches: [batch(A, 1, 3), batch(B, 1, 3, 91), batch(B, 2, 2, 91)] }),
    list(2, { reviews: [decided({ accepted: [{ labeler: B, attempt: 1 }], withdrawn: ['x', 'y'] })] }),
  ]
  const leaves = [
    { labeler: A, cumulative: '100' },
    { labeler: B, cumulative: '200' },
  ]
  const found = earningOf(challenge, posted(lists, { leaves }), { rate: 10n, coverage, now })
  expect(found.batches).toEqual({ accepted: 2, rejected: 1, madeGood: 1 })
  expect(found.withdrawn).toBe(2)
  expect(found.labelers).toEqual([
    { address: B, accepted: 1, rejected: 1, waiting: 0, labels: 10, paid: 200n },
    { address: A, accepted: 1, rejected: 0, waiting: 0, labels: 10, paid: 100n },
  ])
})

describe('the epochs', () => {
  const vote = (report: string | null, root = 'aa') => ({
    ...{ epoch: 1, oracle: A, root, total: '1', report, quorum: false, at: '', tx: null },
  })
  const epoch = (number: number, votes: ReturnType<typeof vote>[]): Epoch => ({
    ...{ epoch: number, root: 'aa', total: '1', increase: '1', fees: null, report: null, votes },
    ...{ at: new Date(now).toISOString(), tx: null },
  })

  it('are read from what most oracles name, of those who posted the root that counts', () => {
    const votes = [vote('liar', 'bb'), vote('liar', 'bb'), vote('one'), vote('two'), vote('two')]
    expect(reportsOf({ ...epoch(1, votes), report: 'one' })).toEqual(['two', 'one'])
    expect(reportsOf({ ...epoch(1, []), report: 'one' })).toEqual(['one'])
  })

  it('that cannot be read are counted, and another oracle’s report is taken for one that is junk', async () => {
    const work = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
    const report = encodeEarnings({
      ...{ format: 'stellartrain/earnings-report', version: 1, network: NETWORK, contract: CONTRACT, challenge: 7 },
      ...{ epoch: 2, total: '5', work, leaves: [{ labeler: A, cumulative: '5' }] },
    })
    const content: Record<string, Uint8Array> = {
      ...{ junk: new TextEncoder().encode('{}'), good: report },
      [work]: encodeWork(list(2, { batches: [batch(A, 1, 1)] })),
    }
    const read = async (cid: string) => content[cid] ?? Promise.reject(new Error('not here'))
    const epochs = [epoch(2, [vote('junk'), vote('junk'), vote('good')]), epoch(1, [vote('gone')])]
    const found = await readPosted(epochs, 9, read)
    expect(found.lists.map((one) => one.epoch)).toEqual([2])
    expect(found).toMatchObject({ unread: 8, at: now, leaves: [{ labeler: A, cumulative: '5' }] })
    expect((await readPosted([epochs[1]!], 1, read)).leaves).toBeUndefined()
    expect(await readPosted([], 0, read)).toEqual({ lists: [], leaves: [], at: 0, unread: 0 })
  })
})
