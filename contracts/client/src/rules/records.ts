/** What was promised and not kept: counters of oracles and makers, `contracts/model/src/records.rs`. */
import type { Challenge, Terms, Verdict, Votes } from './facts.ts'
import type { Ending } from './queue.ts'
import { isOver } from './terms.ts'
import { isGraded, same } from './verdict.ts'

/** An oracle's conduct in one challenge. */
export type Tally = {
  /** Submissions that it voted on, late votes included. */
  votes: number
  /** Of these, `unavailable` that it never improved. */
  unavailable: number
  /** Votes equal to a quorum's verdict, and different from one. */
  agreed: number
  disagreed: number
  /** Submissions that no quorum decided and that lack its vote. */
  missing: number
  /** Votes on what is not concluded. */
  open: number
}

export const NO_TALLY: Tally = { votes: 0, unavailable: 0, agreed: 0, disagreed: 0, missing: 0, open: 0 }

/** After a vote on an open submission; `improved`: it took the place of the oracle's own `unavailable`. */
export const countVote = (tally: Tally, vote: Verdict, improved: boolean): Tally =>
  improved ? { ...tally, unavailable: tally.unavailable - 1 } : { ...first(tally, vote), open: tally.open + 1 }

/** After an oracle's first vote on what is concluded: it changes no verdict, and is compared with the quorum's, if one made it. */
export const countLateVote = (tally: Tally, vote: Verdict, quorum: Verdict | null): Tally =>
  compared(first(tally, vote), vote, quorum)

/** The verdict of an ending, where a quorum made it. */
export const quorumVerdict = (ending: Ending): Verdict | null =>
  typeof ending === 'object' && ending.by !== 'judge' ? ending.verdict : null

/** After a submission was concluded. What the judge decided counts as missing too; what is void was nobody's duty. */
export function countConclusion(tally: Tally, place: number, { cast }: Pick<Votes, 'cast'>, ending: Ending): Tally {
  const quorum = quorumVerdict(ending)
  const vote = cast[place]
  if (vote) return compared({ ...tally, open: tally.open - 1 }, vote, quorum)
  return { ...tally, missing: tally.missing + Number(quorum === null && ending !== 'void') }
}

/**
 * Whether a call folds the records of a challenge now: no submission comes any more, and all are concluded or nothing decided is
 * left from the end on; in a bounty that has ended, once no place is kept.
 */
export function mayFold(terms: Pick<Terms, 'deadline' | 'gradeBy' | 'judge'>, it: Challenge, now: number): boolean {
  if (it.ended) return it.kept === 0
  if (now < terms.deadline) return false
  return it.submitted === it.concluded || (isOver(terms, now) && it.decided === 0)
}

/** How many submissions stay open for ever when the records are folded. */
export const undecided = ({
  ended,
  submitted,
  concluded,
}: Pick<Challenge, 'ended' | 'submitted' | 'concluded'>): number => (ended ? 0 : submitted - concluded)

/** What an oracle's record gains of `missing` when the challenge is folded; the other counters are added as they are. */
export const missingOf = ({ missing, open }: Tally, undecided: number): number =>
  missing + undecided - Math.min(open, undecided)

const first = (tally: Tally, vote: Verdict): Tally => ({
  ...tally,
  votes: tally.votes + 1,
  unavailable: tally.unavailable + Number(!isGraded(vote)),
})

function compared(tally: Tally, vote: Verdict, quorum: Verdict | null): Tally {
  if (!quorum) return tally
  return same(vote, quorum) ? { ...tally, agreed: tally.agreed + 1 } : { ...tally, disagreed: tally.disagreed + 1 }
}
