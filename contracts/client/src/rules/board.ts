/** The board of a bounty: who has won a place, whose prize is due, and who waits, `contracts/model/src/board.rs`. */
import type { Board, Challenge, Row } from './facts.ts'
import { type Clock, isOver } from './terms.ts'

/** The solver's place, from 0; -1 if it does not stand. */
export const placeOf = ({ rows }: Board, solver: string): number => rows.findIndex((row) => row.solver === solver)

/** Whether this submission's prize is set aside. */
export const isDue = ({ rows, due }: Board, number: number): boolean =>
  rows.slice(0, due).some((row) => row.number === number)

/** Whether it stands on the board and waits for what comes before it. */
export const waits = ({ rows, due }: Board, number: number): boolean =>
  rows.slice(due).some((row) => row.number === number)

/** Whether the submission would enter if it won: its solver does not stand yet, or waits with a later one. */
export function isOpenTo(board: Board, { solver, number }: Row): boolean {
  const place = placeOf(board, solver)
  return place < 0 || (place >= board.due && board.rows[place]!.number > number)
}

/** The board after a winner entered among those who wait; an own later one goes, and so does who no longer fits. */
export function enterBoard(board: Board, { solver, number }: Row, winners: number): Board {
  if (!isOpenTo(board, { solver, number })) return board
  const others = board.rows.filter((other) => other.solver !== solver)
  const at = others.findIndex((other, index) => index >= board.due && other.number > number)
  const rows = others.toSpliced(at < 0 ? others.length : at, 0, { solver, number })
  return { ...board, rows: rows.slice(0, winners) }
}

/**
 * How many places a bounty holds back from who waits: the kept ones; from the end on (unless it had ended) what has a verdict and
 * is not concluded.
 */
export const claims = (
  terms: Pick<Clock, 'judge' | 'gradeBy'>,
  { ended, kept, decided }: Pick<Challenge, 'ended' | 'kept' | 'decided'>,
  now: number,
): number => (ended || !isOver(terms, now) ? kept : decided)

/** The board with the prizes due that nothing can take away any more; what is due stays due. */
export function redueBoard(board: Board, winners: number, claims: number): Board {
  const safe = Math.min(board.rows.length, Math.max(0, winners - claims))
  return { ...board, due: Math.max(board.due, safe) }
}

/**
 * Whether a place is kept for a submission that was passed over: some oracle or the judge says that it reaches the threshold, and it
 * would enter if that became the verdict.
 */
export const keepsPlace = (board: Board, row: Row, someMeets: boolean): boolean => someMeets && isOpenTo(board, row)
