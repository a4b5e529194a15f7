/** What can be done with a challenge now, by whom, and what each call would do: by the contract's own rules. Pure. */
import {
  mayCancel,
  mayClose,
  mayReveal,
  maySettle,
  owed,
  type Challenge as RulesChallenge,
  settle,
} from '@stellartrain/contracts-client/rules'
import { factsFromApi } from '@stellartrain/sdk/story'
import type { Challenge, Phase, Submission } from '../read/types.ts'
import { phaseAt } from '../words/phases.ts'

/** What one call of `settle` would do; at most 40 submissions fit into one. */
export type Settling = { concluded: number[]; passed: number[] /** Base units that would be sent. */; sent: bigint }
export type Waiting = { submission: Submission /** Base units that `release_payment` sends. */; units: bigint }

export type Possible = {
  cancel: boolean
  settle: Settling | null
  release: Waiting[]
  close: { total: bigint; kept: bigint; folds: boolean } | null
  /** The connected account may open the truth in its own slot. */
  open: boolean
  /** What the connected maker may do for the judge that grades: fix how it scores, or open the truth to it. */
  recount: 'fix' | 'open_truth' | null
}

const BATCH = 40

/** `now` in milliseconds, by the network's clock. */
export function possibleNow(
  challenge: Challenge,
  submissions: readonly Submission[],
  address: string | undefined,
  now: number,
  /** The judge that grades, where the system has one. */
  grading: string | null = null,
): Possible {
  const phase = phaseAt(challenge, now)
  const { closing } = challenge
  const settles = maySettle(phase) ? settlingNow(challenge, submissions, now) : null
  // What settling concludes it also pays.
  const others = submissions.filter(({ number }) => !settles?.concluded.includes(number))
  return {
    cancel: mayCancel(phase, address === challenge.maker),
    settle: settles,
    release: maySettle(phase) ? waitingNow(challenge, others, now) : [],
    close:
      mayClose(phase) && closing && (BigInt(closing.total) > 0n || closing.folds)
        ? {
            total: BigInt(closing.total),
            kept: BigInt(closing.keptPrize) + BigInt(closing.keptBudget),
            folds: closing.folds,
          }
        : null,
    open:
      mayReveal(phase, challenge) &&
      address === challenge.maker &&
      !challenge.reveals.some((reveal) => reveal.by === address),
    recount: address === challenge.maker ? recountNow(challenge, phase, grading, now) : null,
  }
}

/** The truth is opened only where something is left to decide by it: it is public from then on. */
function recountNow(challenge: Challenge, phase: Phase, grading: string | null, now: number): Possible['recount'] {
  const { judge, recount, submissions, concluded, decided, kept, ranking } = challenge
  if (!judge || judge.address !== grading) return null
  if (!recount) return submissions === 0 && ['accepting', 'announced', 'open'].includes(phase) ? 'fix' : null
  const judging = maySettle(phase) && now >= Date.parse(challenge.gradeBy) && now < Date.parse(judge.judgeBy)
  const undecided = phase === 'ended' ? kept > 0 : concluded + decided < submissions || ranking === 'open'
  return judging && submissions > 0 && undecided && !recount.truth?.complete ? 'open_truth' : null
}

/** In the order of the numbers, for each that is concluded may let the next one follow. */
function settlingNow(challenge: Challenge, submissions: readonly Submission[], now: number): Settling | null {
  const at = Math.floor(now / 1_000)
  const result: Settling = { concluded: [], passed: [], sent: 0n }
  let state: RulesChallenge | undefined
  for (const one of submissions.toSorted((a, b) => a.number - b.number)) {
    if (one.status !== 'pending' || result.concluded.length + result.passed.length === BATCH) continue
    const facts = factsFromApi(challenge, one, at)
    const after = settle(facts.terms, { challenge: state ?? facts.challenge, submission: facts.submission }, at)
    if (!after.step || after.step.does === 'nothing') continue
    state = after.challenge
    if (after.step.does === 'pass_over') result.passed.push(one.number)
    else {
      result.concluded.push(one.number)
      result.sent += owed(facts.terms, after.challenge, after.submission, at).total
    }
  }
  return result.concluded.length + result.passed.length > 0 ? result : null
}

function waitingNow(challenge: Challenge, submissions: readonly Submission[], now: number): Waiting[] {
  const at = Math.floor(now / 1_000)
  return submissions
    .map((submission) => {
      const facts = factsFromApi(challenge, submission, at)
      return { submission, units: owed(facts.terms, facts.challenge, facts.submission, at).total }
    })
    .filter(({ units }) => units > 0n)
    .toSorted((a, b) => a.submission.number - b.submission.number)
}
