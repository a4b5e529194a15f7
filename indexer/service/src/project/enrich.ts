/**
 * Events behind a hole cannot be played, and still say what no entry tells: which transaction, at what time, by whose vote. Of what
 * was recovered from the contract's entries these details are filled in.
 */
import type { StoredChallenge } from '../verify/stored.ts'
import type { PlacedEvent } from './apply.ts'
import { type ChallengeRow, NOBODY_KNOWN, type SubmissionRow } from './model.ts'
import { isVerdict } from './verdicts.ts'
import { submissionKey, type World } from './world.ts'

/** @param events behind the first one that does not add up, in their order */
export function enrich(world: World, stored: StoredChallenge, events: readonly PlacedEvent[]): void {
  const challenge = world.challenges.get(stored.id)!
  for (const { event, place } of events) {
    const at = { at: place.closedAt, tx: place.txHash }
    const seat = 'oracle' in event ? challenge.seats.find(({ address }) => address === event.oracle) : undefined
    switch (event.type) {
      case 'challenge_created':
        challenge.createdLedger = place.ledger
        challenge.createdTx = place.txHash
        challenge.prize = event.prize
        break
      case 'challenge_accepted':
        if (!seat) break
        seat.acceptedAt = place.closedAt
        seat.acceptTx = place.txHash
        break
      case 'challenge_cancelled':
        challenge.cancelledAt = place.closedAt
        break
      case 'submitted': {
        const row = world.submissions.get(submissionKey(challenge.id, event.number))
        if (!row) break
        row.submitLedger = place.ledger
        row.submitTx = place.txHash
        break
      }
      case 'scored':
      case 'settled':
        for (const told of event.rows) {
          const row = world.submissions.get(submissionKey(challenge.id, told.number))
          if (row && told.by !== 'open' && row.by === NOBODY_KNOWN) {
            row.by = told.by
            noteVerdict(row, { place, event })
          }
          if (event.type === 'scored' && row) noteVote(world, challenge, row, { place, event }, told)
        }
        break
      case 'payment_released': {
        const row = world.submissions.get(submissionKey(challenge.id, event.row.number))
        if (!row) break
        row.paidAt = place.closedAt
        row.paidTx = place.txHash
        break
      }
      case 'truth_revealed': {
        const known = world.newReveals.find((one) => one.challenge === challenge.id && one.by === event.by)
        if (known) Object.assign(known, at)
        break
      }
      case 'earnings_claimed':
        world.newClaims.push({
          ...{ eventId: place.id, challenge: challenge.id, labeler: event.labeler, token: challenge.terms.token },
          ...{ epoch: event.epoch, amount: event.amount, cumulative: event.cumulative, ...at },
        })
    }
  }
}

function noteVerdict(row: SubmissionRow, { place, event }: PlacedEvent): void {
  row.verdictAt = place.closedAt
  row.verdictLedger = place.ledger
  row.verdictTx = place.txHash
  if (event.type === 'scored') row.report = event.report
}

type Told = Extract<PlacedEvent['event'], { type: 'scored' }>['rows'][number]

function noteVote(
  world: World,
  { id, terms }: ChallengeRow,
  { facts }: SubmissionRow,
  { place, event }: PlacedEvent,
  told: Told,
): void {
  if (event.type !== 'scored' || !isVerdict(told.says)) return
  const oracle = terms.oracles.indexOf(event.oracle)
  const known = world.votesOn(id, facts.number).find((vote) => vote.oracle === oracle)
  if (oracle === -1 || (known && known.at > 0)) return
  if (known) {
    Object.assign(known, { report: event.report, at: place.closedAt, ledger: place.ledger, tx: place.txHash })
    return
  }
  // What has given way to another vote, or cannot be a vote of what is pending, is left out.
  if (facts.status.status === 'pending') return
  world.putVote({
    ...{ challenge: id, number: facts.number, oracle, eventId: place.id, verdict: told.says },
    ...{ late: told.by === 'open' && told.status !== 'pending', improved: false, report: event.report },
    ...{ at: place.closedAt, ledger: place.ledger, tx: place.txHash },
  })
}
