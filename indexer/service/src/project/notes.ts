/** What is noted beside the contract's own state: when and by whom a submission was decided, the best score. */
import { type Ending, noVotes } from '@stellartrain/contracts-client/rules'
import {
  type ChallengeRow,
  type EventPlace,
  JUDGE,
  type SubmissionFacts,
  type SubmissionRow,
  type VoteRecord,
} from './model.ts'
import { quorumOf } from './money.ts'
import type { World } from './world.ts'

/** The verdict became certain, though nothing may have concluded it yet. */
export function noteDecision(submission: SubmissionRow, before: SubmissionFacts, at: EventPlace): void {
  const { decision } = submission.facts.votes
  if (!decision || before.votes.decision) return
  submission.decidedAt = at.closedAt
  submission.deciders = bits(quorumOf(decision))
}

/** A submission is final: whose verdict it is, and the report behind it. */
export function noteConclusion(
  world: World,
  challenge: ChallengeRow,
  submission: SubmissionRow,
  ending: Ending,
  at: EventPlace,
): void {
  const { facts } = submission
  const decisive = decisiveVote(world, submission, ending)
  submission.by =
    typeof ending === 'string' ? 'nobody' : ending.by === 'judge' ? 'judge' : (decisive?.oracle ?? 'nobody')
  submission.report = decisive?.report ?? ''
  submission.verdictAt = at.closedAt
  submission.verdictLedger = at.ledger
  submission.verdictTx = at.txHash
  // As the contract does: the verdict replaces the votes, and what of them was certain goes if it was not carried out.
  submission.facts = { ...facts, votes: { ...noVotes(challenge.terms), mth: facts.votes.mth } }
  if (typeof ending === 'string') {
    submission.deciders = 0
    submission.decidedAt = 0
  }
  if (ending === 'unsettled') challenge.unsettled += 1
  if (facts.status.status !== 'scored' || !isBetter(challenge, facts.status.score)) return
  const { score } = facts.status
  challenge.best = score
  world.newBestScores.push({
    ...{ challenge: challenge.id, number: facts.number, solver: facts.solver, score },
    ...{ eventId: at.id, at: at.closedAt, tx: at.txHash },
  })
}

/** The vote whose reason and report stand: of equal ones that with the lowest reason, the first one cast. */
function decisiveVote(world: World, { challenge, facts }: SubmissionRow, ending: Ending) {
  if (typeof ending === 'string') return undefined
  const votes = world.votesOn(challenge, facts.number)
  const { by } = ending
  if (by === 'judge') return votes.find(({ oracle }) => oracle === JUDGE)
  const equal = votes.filter(({ oracle, late }) => !late && by.includes(oracle))
  return equal.toSorted((one, other) => reasonOf(one) - reasonOf(other))[0]
}

const reasonOf = ({ verdict }: VoteRecord): number => (verdict.status === 'rejected' ? verdict.reason : 0)

const isBetter = ({ best, terms }: ChallengeRow, score: bigint): boolean =>
  best === null || (terms.direction === 'maximize' ? score > best : score < best)

const bits = (places: readonly number[]): number => places.reduce((sum, place) => sum | (1 << place), 0)
