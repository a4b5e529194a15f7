/** An oracle settles exactly when the contract would: no useless transactions, no submission left hanging. */
import { Verdict } from '@stellartrain/contracts-client'
import { expect, test } from 'vitest'
import { isFinal, type PostedVote, settleable } from './finality.ts'

const committee = { oracles: 3, quorum: 2, patience: 60n }
const hash = (byte: number) => new Uint8Array(32).fill(byte)

function vote(oracle: number, verdict: Verdict, score = 0n, content = 0, time = 1_000n): PostedVote {
  return { oracle, verdict, score, content_hash: hash(content), units: 0, time }
}

test('two equal scores of three are a quorum, different hashes are not', () => {
  expect(isFinal([vote(0, Verdict.Scored, 5n, 1), vote(1, Verdict.Scored, 5n, 1)], committee, 1_000n)).toBe(true)
  expect(isFinal([vote(0, Verdict.Scored, 5n, 1), vote(1, Verdict.Scored, 5n, 2)], committee, 1_000n)).toBe(false)
  expect(isFinal([vote(0, Verdict.Scored, 5n, 1), vote(1, Verdict.Scored, 6n, 1)], committee, 1_000n)).toBe(false)
})

test('rejections and unavailability agree whatever their reason', () => {
  expect(isFinal([vote(0, Verdict.Rejected), vote(2, Verdict.Rejected)], committee, 1_000n)).toBe(true)
  expect(isFinal([vote(0, Verdict.Unavailable), vote(2, Verdict.Unavailable)], committee, 1_000n)).toBe(true)
  expect(isFinal([vote(0, Verdict.Rejected), vote(2, Verdict.Unavailable)], committee, 1_000n)).toBe(false)
})

test('without agreement it is final when all have voted, or a quorum has and patience is over', () => {
  const two = [vote(0, Verdict.Scored, 5n, 1, 900n), vote(1, Verdict.Rejected, 0n, 0, 1_000n)]
  expect(isFinal(two, committee, 1_059n)).toBe(false)
  expect(isFinal(two, committee, 1_060n)).toBe(true)
  expect(isFinal([...two, vote(2, Verdict.Unavailable)], committee, 1_000n)).toBe(true)
  expect(isFinal([two[0]!], committee, 9_999n)).toBe(false)
})

test('settling stops at the first submission that is not yet final', () => {
  const votes = new Map([
    [4, [vote(0, Verdict.Scored, 5n, 1), vote(1, Verdict.Scored, 5n, 1)]],
    [5, [vote(0, Verdict.Scored, 5n, 2)]],
    [6, [vote(0, Verdict.Rejected), vote(1, Verdict.Rejected)]],
  ])
  expect(settleable(4, 6, (number) => votes.get(number) ?? [], committee, 1_000n)).toBe(1)
  expect(settleable(5, 6, (number) => votes.get(number) ?? [], committee, 1_000n)).toBe(0)
})
