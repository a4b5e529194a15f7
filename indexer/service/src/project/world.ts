/** The rows that events are applied to, and the note of which of them changed. */
import { Changes } from './changes.ts'
import type {
  BadgeRow,
  BestScoreRow,
  BurnRow,
  ChallengeRow,
  ClaimRow,
  EpochVote,
  FoldRow,
  OracleKeyRow,
  PaymentRow,
  RankingPost,
  RecountOpening,
  RecountRow,
  RevealRow,
  SharesRow,
  SubmissionRow,
  VoteRecord,
} from './model.ts'

/**
 * An event speaks of something that no earlier event brought into being, or says otherwise than what the events before it come to:
 * events are missing before it.
 */
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
  /** On each submission, in the order in which they were cast. */
  readonly votes = new Map<string, VoteRecord[]>()
  /** By challenge, in the order in which they were posted. */
  readonly rankings = new Map<number, RankingPost[]>()
  /** By challenge: those on the epoch to come, or on all, in the order in which they were cast. */
  readonly epochVotes = new Map<number, EpochVote[]>()

  readonly changedChallenges = new Set<ChallengeRow>()
  readonly newChallenges: ChallengeRow[] = []
  /** Those whose board, table or ranking changed. */
  readonly changedPlaces = new Set<ChallengeRow>()
  readonly submissionChanges = new Changes<SubmissionRow>()
  readonly voteChanges = new Changes<VoteRecord>()
  readonly rankingChanges = new Changes<RankingPost>()
  readonly epochVoteChanges = new Changes<EpochVote>()
  readonly newKeys: OracleKeyRow[] = []
  readonly newShares: SharesRow[] = []
  readonly newReveals: RevealRow[] = []
  readonly newPayments: PaymentRow[] = []
  readonly newClaims: ClaimRow[] = []
  readonly newBestScores: BestScoreRow[] = []
  readonly newFolds: FoldRow[] = []
  readonly newBadges: BadgeRow[] = []
  readonly newBurns: BurnRow[] = []
  readonly newRecountOpenings: RecountOpening[] = []
  readonly newRecounts: RecountRow[] = []

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
    this.submissionChanges.change(row)
    return row
  }

  addSubmission(row: SubmissionRow): void {
    this.submissions.set(submissionKey(row.challenge, row.facts.number), row)
    this.submissionChanges.add(row)
  }

  /** The number of what this solver brought with this attempt. @throws MissingError */
  numberOf(challenge: number, solver: string, attempt: number): number {
    for (const row of this.submissions.values()) {
      if (row.challenge === challenge && row.facts.solver === solver && row.attempt === attempt) return row.facts.number
    }
    throw new MissingError(`attempt ${attempt} of ${solver} in challenge ${challenge} was never seen`)
  }

  votesOn(challenge: number, number: number): readonly VoteRecord[] {
    return this.votes.get(submissionKey(challenge, number)) ?? []
  }

  /** A vote joins the others; an oracle's own earlier one goes. */
  putVote(vote: VoteRecord): void {
    const list = listOf(this.votes, submissionKey(vote.challenge, vote.number))
    this.voteChanges.put(
      vote,
      takeOut(list, (other) => other.oracle === vote.oracle),
    )
    list.push(vote)
  }

  /** A vote that is known already: loaded, not to be written again. */
  keepVote(vote: VoteRecord): void {
    listOf(this.votes, submissionKey(vote.challenge, vote.number)).push(vote)
  }

  /** A ranking joins the others; an earlier one of the same oracle or of the judge goes. */
  putRanking(post: RankingPost): void {
    const list = listOf(this.rankings, post.challenge)
    this.rankingChanges.put(
      post,
      takeOut(list, (other) => other.by === post.by),
    )
    list.push(post)
  }

  keepRanking(post: RankingPost): void {
    listOf(this.rankings, post.challenge).push(post)
  }

  putEpochVote(vote: EpochVote): void {
    const list = listOf(this.epochVotes, vote.challenge)
    const own = (other: EpochVote) => other.epoch === vote.epoch && other.oracle === vote.oracle
    this.epochVoteChanges.put(vote, takeOut(list, own))
    list.push(vote)
  }

  keepEpochVote(vote: EpochVote): void {
    listOf(this.epochVotes, vote.challenge).push(vote)
  }
}

function listOf<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** Removes the one that matches from the list and returns it. */
function takeOut<Item>(list: Item[], matches: (item: Item) => boolean): Item | undefined {
  const at = list.findIndex(matches)
  return at === -1 ? undefined : list.splice(at, 1)[0]
}

export function submissionKey(challenge: number, number: number): string {
  return `${challenge}:${number}`
}
