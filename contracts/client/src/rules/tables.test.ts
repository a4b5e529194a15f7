/** The small rules, one by one, as the model has them: board, fees, scores, rankings, attempts. */
import { expect, test } from 'vitest'
import { type Attempts, attemptsLeft, NO_ATTEMPTS, tryOnce } from './attempts.ts'
import { enterBoard, isDue, isOpenTo, keepsPlace, redueBoard } from './board.ts'
import { type Board, type Direction, EMPTY_BOARD, type Place, type Row, type Terms } from './facts.ts'
import { batchPay, bill, cover, feeShare, mayDeclare, reservation } from './fees.ts'
import { enterTable, isRanking, prizesOf, ranking, type ScoredAttempt } from './ranking.ts'
import { promisedPrize, verdictFee } from './terms.ts'
import { vectors } from './vectors.fixture.ts'
import { meets, round } from './verdict.ts'

type Move = { row: Row; open: boolean; keeps: boolean; claims: number; more: number; board: Board; isDue: boolean }

test.each(vectors<{ winners: number; moves: Move[] }>('boards'))('a board of $winners', ({ winners, moves }) => {
  let board = EMPTY_BOARD
  for (const move of moves) {
    expect([isOpenTo(board, move.row), keepsPlace(board, move.row, move.row.number % 2 === 0)]).toEqual([
      move.open,
      move.keeps,
    ])
    const before = board.due
    board = redueBoard(enterBoard(board, move.row, winners), winners, move.claims)
    expect(board).toEqual(move.board)
    expect([board.due - before, isDue(board, move.row.number)]).toEqual([move.more, move.isDue])
  }
})

test('who waits does not enter again with the same submission', () => {
  const board = { rows: [{ solver: 'A', number: 3 }], due: 0 }
  expect([2, 3, 4].map((number) => isOpenTo(board, { solver: 'A', number }))).toEqual([true, false, false])
})

type BillCase = { bill: { carry: bigint; deposit: bigint; fee: bigint; faulty: boolean }; parts: bigint[] }
type FeeCase = {
  oracles: number
  oracleFee: bigint
  verdictFee: bigint
  budget: bigint
  cover: string
  share: bigint
  flat: bigint
}

test('who bears what grading costs', () => {
  for (const it of vectors<BillCase | FeeCase>('fees')) {
    if ('bill' in it) {
      const found = bill(it.bill, it.bill.fee, it.bill.faulty)
      expect([found.carry, found.deposit, found.budget, found.backCarry + found.backDeposit]).toEqual(it.parts)
      expect([found.carry + found.backCarry, found.deposit + found.backDeposit]).toEqual([
        it.bill.carry,
        it.bill.deposit,
      ])
      continue
    }
    const terms = { oracles: Array.from({ length: it.oracles }, String), oracleFee: it.oracleFee }
    expect([verdictFee(terms), cover(it.budget, terms)]).toEqual([it.verdictFee, it.cover])
    expect([feeShare(1n, it.budget, terms), feeShare(0n, it.budget, terms)]).toEqual([it.share, it.flat])
  }
})

test('what each payout promises; only batches of labels declare units, reserve and are paid by them', () => {
  const batch = { rule: 'per_unit', rate: 3n, maxUnits: 5 } as const
  const bounty = { rule: 'bounty', reward: 10n, winners: 1 } as const
  expect([0, 1, 5, 6].map((units) => mayDeclare(batch, units))).toEqual([false, true, true, false])
  expect([0, 1].map((units) => mayDeclare(bounty, units))).toEqual([true, false])
  expect([bounty, { rule: 'ranked', prizes: [5n, 3n] } as const, batch].map(promisedPrize)).toEqual([
    10n,
    8n,
    undefined,
  ])
  expect([reservation(batch, 4), reservation(bounty, 0)]).toEqual([12n, 0n])
  const scored = { status: 'scored', score: 1n, content: '00', units: 2 } as const
  expect([
    batchPay(batch, scored),
    batchPay(batch, { status: 'rejected', reason: 1 }),
    batchPay(bounty, scored),
  ]).toEqual([6n, 0n, 0n])
})

type ScoreCase = { score: bigint; step: bigint; direction: Direction; rounded: bigint; meetsFive: boolean }

test('scores are rounded against the solver', () => {
  for (const it of vectors<ScoreCase>('scores')) {
    const rounded = round(it.score, it)
    expect(rounded, `${it.score} by ${it.step} to ${it.direction}`).toBe(it.rounded)
    expect(meets(rounded, { threshold: 5n, direction: it.direction })).toBe(it.meetsFive)
  }
})

type RankingCase = {
  terms: Terms
  attempts: ScoredAttempt[]
  ranking: Place[]
  table: Place[]
  tried: Place[]
  isRanking: boolean
}

test.each(vectors<RankingCase>('rankings'))('a ranking of $attempts.length attempts', (it) => {
  expect(ranking(it.terms, it.attempts)).toEqual(it.ranking)
  let table: Place[] = []
  for (const { solver, number, public: score } of it.attempts)
    table = enterTable(table, { solver, number, score }, prizesOf(it.terms).length, it.terms.direction)
  expect(table).toEqual(it.table)
  expect(isRanking(it.terms, it.tried, (row) => row.number !== 5)).toBe(it.isRanking)
})

type AttemptsCase = { attempts: number; attemptsPerDay: number; tries: (Attempts & { now: number; taken: boolean })[] }

test.each(vectors<AttemptsCase>('attempts'))('$attempts attempts, $attemptsPerDay a day', (it) => {
  let record = NO_ATTEMPTS
  for (const { now, taken, ...after } of it.tries) {
    expect(attemptsLeft(it, record, now).today > 0).toBe(taken)
    if (taken) record = tryOnce(record, now)
    expect(record).toEqual(after)
  }
  expect(attemptsLeft(it, record, 0).all).toBe(it.attempts - record.count)
})
