/** A challenge as it was at an earlier ledger: its events up to then, projected anew. */
import type { Kysely } from 'kysely'
import { applyEvents, type PlacedEvent } from '../../project/apply.ts'
import type { ChallengeRow, SubmissionRow } from '../../project/model.ts'
import { scoreIn, unitsIn } from '../../project/verdicts.ts'
import { MissingError, submissionKey, type World } from '../../project/world.ts'
import type { Database } from '../../store/database.ts'
import type { Source } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import type { Asset } from '../types.ts'
import type { ShownSubmission } from '../views/submission.ts'
import type { ChallengeSql } from './challenges.ts'
import type { Leader } from './leaderboard.ts'
import type { ChallengeParts, Named } from './parts.ts'
import type { PastEvents } from './past-events.ts'

/** `now`: close time of the last event until then, unix seconds. */
export type Past = { challenge: ChallengeRow; world: World; now: number }

/** What decides whether the past of a challenge is known. */
type PastOf = Pick<ChallengeSql, 'id' | 'incomplete_since' | 'created_ledger'>

/** Only what is known whole is shown of the past. */
export const NOT_MARKED = { incomplete: null, unknown_columns: null, unknown_submissions: null }

/** The first id that an event behind this ledger can have. */
export const endOfLedger = (ledger: number): string =>
  `${((BigInt(ledger) + 1n) << 32n).toString().padStart(19, '0')}-0000000000`

/**
 * @throws ApiError `not_found` before its creation, `not_known` where its events are not whole, `bad_request` for what would take
 *   too long
 */
export async function readPast(
  pastEvents: PastEvents,
  db: Kysely<Database>,
  { id, incomplete_since: since, created_ledger: created }: PastOf,
  ledger: number,
): Promise<Past> {
  if (since !== null && ledger >= since) {
    throw new ApiError(
      'not_known',
      `Events of challenge ${id} are missing from ledger ${since} on, so its past is not known from there on.`,
    )
  }
  const none = () => {
    // Without its creation nobody can say that it did not exist yet.
    if (since === null || created > ledger) {
      return new ApiError('not_found', `There was no challenge ${id} at ledger ${ledger}.`)
    }
    const detail = `Whether there was a challenge ${id} at ledger ${ledger} is not known: events before ledger ${since} are missing.`
    return new ApiError('not_known', detail)
  }
  const end = endOfLedger(ledger)
  const [placed, last] = await Promise.all([
    pastEvents(db, id, end),
    db.selectFrom('events').select('closed_at').where('id', '<', end).orderBy('id', 'desc').limit(1).executeTakeFirst(),
  ])
  if (placed === null) {
    throw new ApiError('bad_request', `Challenge ${id} has too many events to be shown at an earlier ledger.`)
  }
  const world = replay(placed)
  const challenge = world.challenges.get(Number(id))
  if (!challenge) throw none()
  return { challenge, world, now: Number(last?.closed_at ?? 0) }
}

function replay(events: readonly PlacedEvent[]): World {
  try {
    return applyEvents(events)
  } catch (error) {
    if (!(error instanceof MissingError)) throw error
    throw new ApiError('not_known', 'Events of this challenge are missing, so its past is not known.')
  }
}

export function pastParts({ challenge, world }: Past): ChallengeParts {
  const submissions = [...world.submissions.values()]
  const sum = (units: (one: SubmissionRow) => number) => submissions.reduce((total, one) => total + units(one), 0)
  const units = {
    submitted: sum(({ facts }) => facts.units),
    accepted: sum(({ facts }) => unitsIn(facts.status)),
    pending: sum(({ facts }) => (facts.status.status === 'pending' ? facts.units : 0)),
  }
  const named = submissions.map((one) => ({ ...nameOf(one), kept: one.facts.kept }))
  return {
    reveals: world.newReveals,
    placed: new Map(named.map((one) => [one.number, one])),
    kept: named.filter(({ kept }) => kept),
    rankings: world.rankings.get(challenge.id) ?? [],
    votes: (world.epochVotes.get(challenge.id) ?? []).filter((vote) => vote.epoch > challenge.epochs),
    shares: world.newShares[0]?.shares ?? null,
    units: challenge.terms.payout.rule === 'per_unit' ? units : null,
  }
}

const nameOf = ({ attempt, facts }: SubmissionRow): Named => ({
  ...{ number: facts.number, solver: facts.solver, attempt },
  ...{ score: scoreIn(facts.status), prizePaid: facts.prizePaid },
})

/** A list of what is over and never changes: there a row's place is its key. */
export function pastList<Row, Item>(all: readonly Row[], show: (rows: Row[]) => Item[]): Source<[number, Row], Item> {
  const placed = all.map((row, index): [number, Row] => [index, row])
  return {
    order: 'past',
    async rows({ after, back, limit }) {
      if (!back) return placed.slice(after ? Number(after[0]) + 1 : 0).slice(0, limit)
      const end = after ? Number(after[0]) : placed.length
      return placed.slice(Math.max(0, end - limit), end).reverse()
    },
    keyOf: ([index]) => [String(index)],
    show: async (rows) => show(rows.map(([, row]) => row)),
    count: async () => placed.length,
  }
}

/** Submissions as they were, each with the votes until then. */
export function pastSubmissions({ challenge, world }: Past, asset: Asset): ShownSubmission[] {
  return [...world.submissions.values()].map((submission) => {
    const votes = world.votes.get(submissionKey(challenge.id, submission.facts.number)) ?? []
    return { submission, challenge, votes, asset }
  })
}

/** The best scored submission of each solver, ranked as `leaderboard` ranks them. */
export function pastLeaders({ challenge, world }: Past, ranked: boolean): Leader[] {
  const submissions = [...world.submissions.values()]
  const { rankings } = challenge.facts
  const list = rankings.placed === 'oracles' ? rankings.places : (rankings.judge ?? [])
  const places = new Map(list.map(({ number }, place) => [number, place]))
  const sign = challenge.terms.direction === 'maximize' ? -1 : 1
  const scoreOf = ({ facts }: SubmissionRow) => scoreIn(facts.status)
  const order = (one: SubmissionRow, other: SubmissionRow): number => {
    const [mine, theirs] = [places.get(one.facts.number), places.get(other.facts.number)]
    if (ranked && mine !== theirs) return (mine ?? Infinity) - (theirs ?? Infinity)
    const [own, others] = [scoreOf(one), scoreOf(other)]
    if (own !== others) return own > others ? sign : -sign
    return one.facts.number - other.facts.number
  }
  const best = new Map<string, SubmissionRow>()
  for (const one of submissions.filter(({ facts }) => facts.status.status === 'scored').sort(order)) {
    if (!best.has(one.facts.solver)) best.set(one.facts.solver, one)
  }
  return [...best.values()].map((one, index) => {
    const { solver, number, time } = one.facts
    const own = submissions.filter(({ facts }) => facts.solver === solver)
    const paid = world.newPayments.filter((payment) => payment.solver === solver)
    return {
      ...{ rank: index + 1, solver, number, attempt: one.attempt, score: scoreOf(one), submittedAt: time },
      attempts: own.length,
      kept: own.some(({ facts }) => facts.kept),
      units: own.reduce((total, { facts }) => total + unitsIn(facts.status), 0),
      paid: paid.reduce((total, { prize, pay }) => total + prize + pay, 0n),
    }
  })
}
