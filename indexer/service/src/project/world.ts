/** The rows that events are applied to, and the note of which of them changed. */
import type { ChallengeRow, OracleKeyRow, PaymentRow, RevealRow, SubmissionRow, VoteRecord } from './model.ts'

/** An event speaks of something that no earlier event brought into being: events are missing before it. */
export class MissingError extends Error {
  override readonly name = 'MissingError'
}

/**
 * A part of the state, enough for the events at hand: everything in tests, the touched rows in the sync loop.
 * Projections change rows in place and say so; the store writes what changed and clears the notes.
 */
export class World {
  readonly challenges = new Map<number, ChallengeRow>()
  readonly submissions = new Map<string, SubmissionRow>()
  readonly votes = new Map<string, VoteRecord[]>()

  readonly changedChallenges = new Set<ChallengeRow>()
  readonly newChallenges: ChallengeRow[] = []
  readonly changedSubmissions = new Set<SubmissionRow>()
  readonly newSubmissions = new Set<SubmissionRow>()
  readonly newVotes: VoteRecord[] = []
  readonly newKeys: OracleKeyRow[] = []
  readonly newReveals: RevealRow[] = []
  readonly newPayments: PaymentRow[] = []

  /** The row, noted as changed. @throws MissingError */
  challenge(id: number): ChallengeRow {
    const row = this.challenges.get(id)
    if (!row) throw new MissingError(`challenge ${id} was never created`)
    this.changedChallenges.add(row)
    return row
  }

  addChallenge(row: ChallengeRow): void {
    if (this.challenges.has(row.id)) throw new MissingError(`challenge ${row.id} exists already`)
    this.challenges.set(row.id, row)
    this.changedChallenges.add(row)
    this.newChallenges.push(row)
  }

  /** The row, noted as changed. @throws MissingError */
  submission(challenge: number, number: number): SubmissionRow {
    const row = this.submissions.get(submissionKey(challenge, number))
    if (!row) throw new MissingError(`submission ${number} of challenge ${challenge} was never seen`)
    if (!this.newSubmissions.has(row)) this.changedSubmissions.add(row)
    return row
  }

  addSubmission(row: SubmissionRow): void {
    this.submissions.set(submissionKey(row.challenge, row.number), row)
    this.newSubmissions.add(row)
  }

  /** In the order in which they were cast. */
  votesOn(challenge: number, number: number): readonly VoteRecord[] {
    return this.votes.get(submissionKey(challenge, number)) ?? []
  }

  addVote(vote: VoteRecord): void {
    this.keepVote(vote)
    this.newVotes.push(vote)
  }

  /** A vote that is known already: loaded, not to be written again. */
  keepVote(vote: VoteRecord): void {
    const key = submissionKey(vote.challenge, vote.number)
    const others = this.votes.get(key)
    if (others) others.push(vote)
    else this.votes.set(key, [vote])
  }
}

export function submissionKey(challenge: number, number: number): string {
  return `${challenge}:${number}`
}
