/** The lists of places of a challenge, and the flags of a submission, as they are written. */
import { end, type Flags, redue } from '@stellartrain/contracts-client/rules'
import type { ChallengeFacts, ChallengeRow, PlaceRow, SubmissionFacts } from './model.ts'

type Row = { solver: string; number: number; score?: bigint }

/** Winners of a bounty, or the running table of a ranking. */
export const boardOf = ({ board, rankings }: ChallengeFacts): readonly Row[] =>
  rankings.table.length > 0 ? rankings.table : board.rows

/** The ranking that a quorum of oracles posted, or the judge's last one. */
export const rankingOf = ({ rankings }: ChallengeFacts): readonly Row[] =>
  rankings.placed === 'oracles' ? rankings.places : (rankings.judge ?? [])

export function placesOf({ id, terms, facts }: ChallengeRow): PlaceRow[] {
  const { now, over } = duesOf(terms, facts)
  const dueFrom = (list: PlaceRow['list'], place: number) =>
    isAmong(now, list, place) ? 0 : isAmong(over, list, place) ? end(terms) : null
  const rows = (list: PlaceRow['list'], places: readonly Row[]) =>
    places.map(({ solver, number, score }, place) => ({
      ...{ challenge: id, list, place, solver, number, score: score ?? null, dueFrom: dueFrom(list, place) },
    }))
  return [...rows('board', boardOf(facts)), ...rows('ranking', rankingOf(facts))]
}

/** Whether other rows of places come of these facts than of those before them. */
export function placesDiffer(terms: Terms, before: ChallengeFacts, after: ChallengeFacts): boolean {
  if (before.board.rows !== after.board.rows || before.rankings !== after.rankings) return true
  if (boardOf(after).length + rankingOf(after).length === 0) return false
  const [one, other] = [duesOf(terms, before), duesOf(terms, after)]
  return !isSame(one.now, other.now) || !isSame(one.over, other.over)
}

type Terms = ChallengeRow['terms']
/** The first places of a list: those whose prizes are due. */
type Due = { list: PlaceRow['list']; places: number }

/** The prizes that calls have set aside, to which only the end adds something by itself; and those that are due once it has come. */
const duesOf = (terms: Terms, facts: ChallengeFacts): { now: Due; over: Due } => ({
  now: dueIn(terms, facts),
  over: dueIn(terms, redue(terms, facts, end(terms)).challenge),
})

function dueIn(terms: Terms, { board, rankings }: ChallengeFacts): Due {
  if (terms.payout.rule === 'bounty') return { list: 'board', places: board.due }
  if (rankings.placed === null) return { list: 'board', places: 0 }
  return { list: rankings.placed === 'running_table' ? 'board' : 'ranking', places: rankings.places.length }
}

const isAmong = (due: Due, list: PlaceRow['list'], place: number): boolean => due.list === list && place < due.places

const isSame = (one: Due, other: Due): boolean => one.list === other.list && one.places === other.places

export function flagsOf({ carried, passed, kept, held, prizePaid, byJudge }: SubmissionFacts): Flags {
  return { carried, passed, kept, held, prizePaid, byJudge }
}
