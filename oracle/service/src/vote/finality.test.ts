/** An oracle settles exactly when the contract would: no useless transactions, no submission left hanging. */
import { expect, test } from 'vitest'
import { REJECTED, SCORED, UNAVAILABLE } from './ballot.ts'
import { type Cast, isFinal, settleable } from './finality.ts'

const bench = { oracles: 3, quorum: 2, patience: 60n }
const hash = (byte: number) => new Uint8Array(32).fill(byte)

function cast(oracle: number, verdict: number, score = 0n, content = 0, time = 1_000n): Cast {
  return { oracle, verdict, score, content_hash: hash(content), units: 0, time }
}

test('two equal scores of three are a quorum, different hashes are not', () => {
  expect(isFinal([cast(0, SCORED, 5n, 1), cast(1, SCORED, 5n, 1)], bench, 1_000n)).toBe(true)
  expect(isFinal([cast(0, SCORED, 5n, 1), cast(1, SCORED, 5n, 2)], bench, 1_000n)).toBe(false)
  expect(isFinal([cast(0, SCORED, 5n, 1), cast(1, SCORED, 6n, 1)], bench, 1_000n)).toBe(false)
})

test('rejections and unavailability agree whatever their reason', () => {
  expect(isFinal([cast(0, REJECTED), cast(2, REJECTED)], bench, 1_000n)).toBe(true)
  expect(isFinal([cast(0, UNAVAILABLE), cast(2, UNAVAILABLE)], bench, 1_000n)).toBe(true)
  expect(isFinal([cast(0, REJECTED), cast(2, UNAVAILABLE)], bench, 1_000n)).toBe(false)
})

test('without agreement it is final when all have voted, or a quorum has and patience is over', () => {
  const two = [cast(0, SCORED, 5n, 1, 900n), cast(1, REJECTED, 0n, 0, 1_000n)]
  expect(isFinal(two, bench, 1_059n)).toBe(false)
  expect(isFinal(two, bench, 1_060n)).toBe(true)
  expect(isFinal([...two, cast(2, UNAVAILABLE)], bench, 1_000n)).toBe(true)
  expect(isFinal([two[0]!], bench, 9_999n)).toBe(false)
})

test('settling stops at the first submission that is not yet final', () => {
  const votes = new Map([
    [4, [cast(0, SCORED, 5n, 1), cast(1, SCORED, 5n, 1)]],
    [5, [cast(0, SCORED, 5n, 2)]],
    [6, [cast(0, REJECTED), cast(1, REJECTED)]],
  ])
  expect(settleable(4, 6, (number) => votes.get(number) ?? [], bench, 1_000n)).toBe(1)
  expect(settleable(5, 6, (number) => votes.get(number) ?? [], bench, 1_000n)).toBe(0)
})
