/** What an oracle sends next: whoever waits longest first, and one stuck challenge never in the way of another. */
import { expect, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import type { QueueItem } from '../grading/queue.ts'
import { challengeOf, entryOf, GOOD, gradedItem, itemOf, RANKED, SOLO, TERMS } from '../voting/challenge.fixture.ts'
import { dutiesOf, type Facts, forgettable } from './duties.ts'

function facts(items: QueueItem[], more: Partial<Facts> = {}): Facts {
  return {
    now: 100,
    itemOf: (challenge, number) => items.find(({ entry: e }) => e.challenge === challenge && e.number === number),
    limit: () => 40,
    approved: () => true,
    openingOf: () => undefined,
    rankingOf: () => undefined,
    undeliverable: () => false,
    ...more,
  }
}

const names = (challenges: Challenge[], known: Facts) =>
  dutiesOf(challenges, known).map(({ kind, challenge }) => `${kind}/${challenge.id}`)

const ENDED = { counters: { ended: true } }
const ACCEPTING = { accepted: [0], counters: { accepted: false } }

test('votes come first, the longest waiting ahead; acceptances, openings and fees after them', () => {
  const [old, young] = [entryOf(3, 1, 50), entryOf(2, 1, 90)]
  const challenges = [
    challengeOf(1, [], ACCEPTING),
    challengeOf(2, [young]),
    challengeOf(3, [old]),
    challengeOf(4, [], { ...ENDED, fees: 5n }),
  ]
  const known = facts([gradedItem(old), gradedItem(young)], {
    openingOf: (id) => (id === 4 ? 'bafyopening' : undefined),
  })
  expect(names(challenges, known)).toEqual(['vote/3', 'vote/2', 'accept/1', 'reveal/4', 'withdraw/4'])
})

test('a submission that is not available holds up no other', () => {
  const [stuck, behind] = [entryOf(1, 1, 50), entryOf(1, 2, 51)]
  const failing = itemOf(stuck, { stage: 'failed_retrying', attempts: 5 })
  const [duty] = dutiesOf([challengeOf(1, [stuck, behind])], facts([failing, gradedItem(behind)]))
  expect(duty).toMatchObject({ kind: 'vote', batch: [{ entry: { number: 2 } }] })
})

test('a batch has as many votes as the network takes now', () => {
  const entries = Array.from({ length: 60 }, (_, index) => entryOf(1, index + 1, 50))
  const known = facts(entries.map((entry) => gradedItem(entry)))
  const votes = (limit: number) =>
    dutiesOf([challengeOf(1, entries)], { ...known, limit: () => limit }).flatMap((duty) =>
      duty.kind === 'vote' ? duty.batch : [],
    )
  expect([40, 7].map((limit) => votes(limit).length)).toEqual([40, 7])
})

test('what is decided is settled by whoever comes first', () => {
  const one = entryOf(1, 1, 50)
  const decided = challengeOf(1, [[one, { votes: [GOOD, GOOD] }]], { terms: TERMS })
  expect(names([decided], facts([]))).toEqual(['settle/1'])
})

const ranking = { rows: [], report: 'bafyranking', hash: 'aa' }
const one = entryOf(1, 1, 50)
const concluded = (more: object = {}) => challengeOf(1, [[one, { status: GOOD }]], { terms: RANKED, ...more })

test('a stream of new submissions keeps no older one from being settled', () => {
  const [old, young] = [entryOf(1, 1, 50), entryOf(1, 2, 90)]
  const challenge = challengeOf(1, [[old, { votes: [GOOD, GOOD] }], young], { terms: TERMS })
  expect(names([challenge], facts([gradedItem(young)]))).toEqual(['settle/1', 'vote/1'])
})

test('a ranking is posted once all is final after the deadline, and in the last patience in any case', () => {
  const known = facts([], { now: 1_000, rankingOf: () => ranking })
  expect(names([concluded()], known)).toEqual(['rank/1'])
  expect(names([concluded()], { ...known, now: 999 })).toEqual([])
  expect(names([concluded()], { ...known, now: 2_000 })).toEqual([])
  const open = challengeOf(1, [one], { terms: RANKED })
  expect([1_939, 1_940].map((now) => names([open], { ...known, now }))).toEqual([[], ['rank/1']])
  const placed = { rankings: { table: [], judge: null, placed: 'oracles', places: [] } }
  expect(names([concluded({ counters: placed })], known)).toEqual([])
})

test('who ranks settles first', () => {
  const decided = challengeOf(1, [[one, { votes: [GOOD] }]], { terms: RANKED })
  const known = facts([], { now: 1_950, rankingOf: () => ranking })
  expect(names([decided], known)).toEqual(['settle/1'])
})

test('an own ranking is replaced by one that others posted only where it was computed here as well', () => {
  const known = facts([], { now: 1_000, rankingOf: () => ranking })
  const posted = (...hashes: string[]) =>
    names([concluded({ rankings: hashes.map((hash, oracle) => ({ oracle, hash })) })], known)
  expect(posted('aa', 'bb', 'bb')).toEqual([])
  expect(posted('bb')).toEqual([])
  expect(posted('bb', 'bb', 'aa')).toEqual([])
  expect(posted('bb', 'aa')).toEqual(['rank/1'])
  expect(posted('bb', 'cc', 'cc')).toEqual([])
})

test('prizes that are due are sent, except where that failed repeatedly', () => {
  const due = [1, 2].map((number) => ({ solver: `S${number}`, attempt: 1, number }))
  const challenge = challengeOf(1, [], { due })
  expect(names([challenge], facts([]))).toEqual(['release/1'])
  const [duty] = dutiesOf([challenge], facts([], { undeliverable: (_, solver) => solver === 'S1' }))
  expect(duty).toMatchObject({ kind: 'release', due: { number: 2 } })
})

test('the first oracle makes the key, the others accept once it is there', () => {
  const waiting = (seat: number, key?: Uint8Array) =>
    challengeOf(1, [], { terms: TERMS, seat, key, accepted: [0, 0, 0], counters: { accepted: false } })
  expect(names([waiting(0)], facts([]))).toEqual(['accept/1'])
  expect(names([waiting(1)], facts([]))).toEqual([])
  expect(names([waiting(1, new Uint8Array(32))], facts([]))).toEqual(['accept/1'])
})

test('nothing is accepted before it was looked at, nothing opened before all is carried out', () => {
  const known = facts([], { approved: () => false, openingOf: () => 'bafyopening' })
  const kept = challengeOf(2, [[entryOf(2, 1, 50), { passed: true, kept: true }]], {
    counters: { ended: true, kept: 1 },
  })
  expect(names([challengeOf(1, [], ACCEPTING), kept], known)).toEqual([])
})

/** One patience after the end. */
const LEFT = 2_060

test('a challenge is forgotten one patience after its end, when all is carried out and nothing is left to send', () => {
  const quiet = { terms: { ...SOLO, opensTruth: false }, ...ENDED }
  const due = [{ solver: 'S1', attempt: 1, number: 1 }]
  expect(forgettable(challengeOf(1, [], quiet), LEFT)).toBe(true)
  expect(forgettable(challengeOf(1, [], quiet), LEFT - 1)).toBe(false)
  expect(forgettable(challengeOf(1, [], { ...quiet, phase: undefined }), LEFT)).toBe(false)
  expect(forgettable(challengeOf(1, [], { ...quiet, due }), LEFT)).toBe(false)
  expect(forgettable(challengeOf(1, [], { ...quiet, due }), LEFT, { undeliverable: () => true })).toBe(true)
  expect(forgettable(challengeOf(1, [], { ...quiet, fees: 1n }), LEFT)).toBe(false)
  expect(forgettable(challengeOf(1, [], ENDED), LEFT)).toBe(false)
  expect(forgettable(challengeOf(1, [], { ...ENDED, revealed: true }), LEFT)).toBe(true)
  expect(forgettable(challengeOf(1, [one], quiet), LEFT)).toBe(false)
})

test('what opens its truth is kept until that was done', () => {
  const placed = { rankings: { table: [], judge: null, placed: 'oracles' as const, places: [] } }
  const closed = { ...RANKED, opensTruth: false }
  expect(forgettable(concluded({ counters: placed }), LEFT)).toBe(false)
  expect(forgettable(concluded({ terms: closed, counters: placed }), LEFT)).toBe(true)
})

test('what is left for the maker and the records is closed in the end, once and only where that brings something', () => {
  const tally = { votes: 0, unavailable: 0, agreed: 0, disagreed: 0, missing: 0, open: 0 }
  const counted = { folded: true, unopened: true, opened: false, tallies: [tally] }
  const left = { ...ENDED, revealed: true, conduct: counted }
  const known = facts([], { now: LEFT })
  const money = { escrow: 0n, budget: 1n, rankingFees: 0n }
  const late = { ...counted, tallies: [{ ...tally, votes: 1, disagreed: 1 }] }
  const closes = (more: object, now = LEFT) => names([challengeOf(1, [], { ...left, ...more })], { ...known, now })
  expect(closes({})).toEqual([])
  expect(closes({ purse: money })).toEqual(['close/1'])
  expect(closes({ conduct: late })).toEqual(['close/1'])
  expect(closes({ conduct: { ...counted, folded: false } })).toEqual(['close/1'])
  expect(closes({ conduct: { ...counted, unopened: false } })).toEqual(['close/1'])
  expect(closes({ conduct: { ...counted, unopened: false, opened: true } })).toEqual([])
  expect(closes({ purse: money }, LEFT - 1)).toEqual([])
  expect(closes({ purse: money, ...ACCEPTING })).toEqual([])
  const closing = challengeOf(1, [], { ...left, purse: money })
  expect(forgettable(closing, LEFT)).toBe(false)
  expect(forgettable(closing, LEFT, { unclosable: () => true })).toBe(true)
  expect(names([closing], { ...known, unclosable: () => true })).toEqual([])
})

test('who closes settles and pays first', () => {
  const money = { escrow: 0n, budget: 1n, rankingFees: 0n }
  const ended = { purse: money, revealed: true }
  const open = challengeOf(1, [[one, { votes: [GOOD] }]], ended)
  const owed = challengeOf(2, [], { ...ended, due: [{ solver: 'S1', attempt: 1, number: 1 }] })
  expect(names([open, owed], facts([], { now: LEFT }))).toEqual(['release/2', 'settle/1'])
})
