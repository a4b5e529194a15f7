/** The rows that events are applied to, and the note of which of them changed. */
import type {
  ChallengeRow,
  ClaimRow,
  EpochVote,
  OracleKeyRow,
  PaymentRow,
  RankingPost,
  RevealRow,
  SubmissionRow,
  VoteRecord,
} from './model.ts'

/** An event speaks of something that no earlier event brought into being: events are missing before it. */
export class MissingError extends Error {
  override readonly name = 'MissingError'
}

/**
 * A part of the state, enough for the events at hand: everything in tests, the touched rows in the sync loop.
 * Projections change rows in place and say so; the store writes what changed. What is noted as new is all that there is
 * in a world that is whole.
 */
export class World {
  readonly challenges = new Map<number, ChallengeRow>()
  readonly submissions = new Map<string, SubmissionRow>()
  readonly votes = new Map<string, VoteRecord[]>()
  /** By challenge, in the order in which they were posted. */
  readonly rankings = new Map<number, RankingPost[]>()
  /** By challenge: those on the epoch to come, or on all, in the order in which they were cast. */
  readonly epochVotes = new Map<number, EpochVote[]>()

  readonly changedChallenges = new Set<ChallengeRow>()
  readonly newChallenges: ChallengeRow[] = []
  /** Those whose board changed. */
  readonly changedBoards = new Set<ChallengeRow>()
  readonly changedSubmissions = new Set<SubmissionRow>()
  readonly newSubmissions = new Set<SubmissionRow>()
  readonly newVotes: VoteRecord[] = []
  readonly newKeys: OracleKeyRow[] = []
  readonly newReveals: RevealRow[] = []
  readonly newPayments: PaymentRow[] = []
  readonly newRankings: RankingPost[] = []
  readonly newEpochVotes: EpochVote[] = []
  readonly newClaims: ClaimRow[] = []

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

  /** The submission that this solver brought with this attempt, noted as changed. @throws MissingError */
  submissionOf(challenge: number, solver: string, attempt: number): SubmissionRow {
    for (const row of this.submissions.values()) {
      if (row.challenge === challenge && row.solver === solver && row.attempt === attempt)
        return this.submission(challenge, row.number)
    }
    throw new MissingError(`attempt ${attempt} of ${solver} in challenge ${challenge} was never seen`)
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
    addTo(this.votes, submissionKey(vote.challenge, vote.number), vote)
  }

  addRanking(post: RankingPost): void {
    this.keepRanking(post)
    this.newRankings.push(post)
  }

  keepRanking(post: RankingPost): void {
    addTo(this.rankings, post.challenge, post)
  }

  addEpochVote(vote: EpochVote): void {
    this.keepEpochVote(vote)
    this.newEpochVotes.push(vote)
  }

  keepEpochVote(vote: EpochVote): void {
    addTo(this.epochVotes, vote.challenge, vote)
  }
}

function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

export function submissionKey(challenge: number, number: number): string {
  return `${challenge}:${number}`
}
