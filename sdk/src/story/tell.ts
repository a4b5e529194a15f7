/**
 * The one teller of a submission's story: from neutral facts, for every payout rule, what became of it, why it was paid or not, what
 * comes next and by when, and what the reader can do. Pages, transactions, the command, leaderboards and totals tell this.
 */
import {
  isOver,
  mayRule,
  type Phase,
  phase,
  redue,
  type Standing,
  settle,
  standing as standingNow,
} from '@stellartrain/contracts-client/rules'
import { amountsOf, type StoryAmounts } from './amounts.ts'
import type { StoryFacts } from './facts.ts'
import { placeNow, type StoryPlace, waitsUntil } from './place.ts'
import { type StoryStep, stepsOf } from './steps.ts'
import type { StoryNext, Told } from './told.ts'
import { ownMoney, resultLabel, resultSentence, whyOf } from './verdict.ts'
import { type Waiting, waiting } from './waiting.ts'
import { PLAIN, type Words } from './words.ts'

export type { StoryNext } from './told.ts'

export type StoryAction =
  /** `settle` does something with it now; anyone may call. */
  | 'settle'
  /** `release_payment` sends something now; anyone may call, and the money goes to the solver. */
  | 'release'
  /** The solver's account could not receive the payment: most often a trustline is missing. */
  | 'add_trustline'
  /** The challenge's judge may decide it now. */
  | 'rule'

export type Story = {
  number: number
  solver: string
  /** As it stands now, whether a call has written it or not. */
  status: Standing['status']
  phase: Phase
  /** Nobody has written it yet; `release_payment` does. */
  unwritten: boolean
  /** A few words: `In the queue (3rd)`, `Won 50 USDC`, `3rd so far: would bring 20 USDC now`, `Nothing won`. */
  label: string
  /** Why it was paid or not, or what it waits for; a clause without a full stop. */
  why: string
  /** One sentence or two: label, reason, and what is due. */
  sentence: string
  /** What happens next, and by when; null where nothing does. */
  next: StoryNext | null
  can: StoryAction[]
  amounts: StoryAmounts
  place: StoryPlace | null
  /** As it counts, in units of 1e-7; on the public rows in a ranking. Null unless scored. */
  score: bigint | null
  /** Labels that were accepted; null unless units are paid and it is scored. */
  units: number | null
  /** In a bounty's queue, 1 is next; null where it does not queue. */
  position: number | null
  /** Verdict, place and payment are done: nothing more happens. */
  final: boolean
  steps: StoryStep[]
}

/** The story of a submission as these facts have it. `words` write amounts, scores and times. */
export function tell(facts: StoryFacts, words: Words = PLAIN): Story {
  const { terms, challenge, submission, now } = facts
  const standing = standingNow(terms, challenge, submission, now)
  const amounts = amountsOf(facts)
  const current = phase(terms, challenge, now)
  const written = submission.status.status !== 'pending'
  const concluded = standing.status === 'pending' ? null : standing
  // What no call has written is told as any call would write it, with the places that this brings.
  const as: StoryFacts = concluded && !written ? { ...facts, ...settle(terms, { challenge, submission }, now) } : facts
  const waits = concluded ? null : waiting(facts, words)
  const final = concluded !== null && amounts.owed.total === 0n && written && !mayStillWin(as, amounts)
  const why = waits ? waits.says.replace(/\.$/, '') : whyOf(as, concluded!, words)
  const next = waits ? waits.next : afterVerdict(as, amounts, written, words)
  const own = concluded ? ownMoney(as, amounts, words) : []
  const told: Told = { standing, why, next, final, amounts, waits, own }
  const steps = stepsOf(as, told, words)
  const label = waits ? waits.label : resultLabel(as, amounts, concluded!, words)
  const result = concluded ? resultSentence(as, amounts, concluded, words) : `${label}. ${waits?.says ?? ''}`
  return {
    number: submission.number,
    solver: submission.solver,
    status: standing.status,
    phase: current,
    unwritten: concluded !== null && !written,
    label,
    why,
    sentence: [result, ...own, ...(next ? [next.says] : [])].join(' '),
    next,
    can: actions(facts, amounts, waits, current),
    amounts,
    place: placeNow(as),
    score: standing.status === 'scored' ? standing.score : null,
    units: standing.status === 'scored' && terms.payout.rule === 'per_unit' ? standing.units : null,
    position: waits?.position ?? null,
    final,
    steps,
  }
}

/** A place may still change: it waits on a board, or a competition is not ranked. */
function mayStillWin({ terms, challenge, submission, now }: StoryFacts, { toCome }: StoryAmounts): boolean {
  if (submission.status.status !== 'scored') return false
  if (terms.payout.rule === 'ranked') return redue(terms, challenge, now).challenge.rankings.placed === null
  return toCome > 0n
}

function afterVerdict(facts: StoryFacts, amounts: StoryAmounts, written: boolean, words: Words): StoryNext | null {
  const { asset, undelivered, terms } = facts
  const { owed, toCome } = amounts
  if (owed.total > 0n) {
    const money = words.money(owed.total, asset)
    if (undelivered) return { says: `${held(facts, money)} Then call release; anyone may.`, at: null }
    const what =
      owed.prize + owed.pay > 0n
        ? `${money} is due`
        : `The ${owed.deposit > 0n ? 'deposit' : 'fee that it carried'} waits, ${money}`
    return { says: `${what}: call release; anyone may, and the money goes to the solver.`, at: null }
  }
  if (terms.payout.rule === 'bounty' && toCome > 0n) {
    if (isOver(terms, facts.now)) return { says: 'Anyone may settle what comes first.', at: facts.now }
    const at = waitsUntil(facts)
    return { says: `Its place is decided by ${words.time(at)} at the latest.`, at }
  }
  if (!written) return { says: 'No call has written this yet: anyone may settle.', at: null }
  return mayStillWin(facts, amounts) ? rankingToCome(facts, words) : null
}

const held = ({ asset }: StoryFacts, money: string): string =>
  asset.trustline
    ? `${money} is held: the account could not receive it, most often because it has no trustline for ${asset.code}, or whoever settled held it back. Add the trustline if it is missing; anyone may release it.`
    : `${money} is held: the account could not receive it, or whoever settled held it back. Anyone may release it.`

/** Who ranks, and until when. */
function rankingToCome({ terms, now }: StoryFacts, words: Words): StoryNext {
  const { judge, gradeBy, deadline } = terms
  if (isOver(terms, now))
    return { says: 'The running table decides once every decided submission is concluded: anyone may settle.', at: now }
  if (judge && now >= gradeBy)
    return {
      says: `The judge may rank before ${words.time(judge.by)}; else the running table decides, in full.`,
      at: judge.by,
    }
  const then = judge ? `after that the judge, until ${words.time(judge.by)}; else` : 'else'
  return {
    says: `The oracles rank by the private rows after ${words.time(deadline)} and before ${words.time(gradeBy)}; ${then} the running table decides, in full.`,
    at: gradeBy,
  }
}

function actions(facts: StoryFacts, { owed }: StoryAmounts, waits: Waiting | null, current: Phase): StoryAction[] {
  const { terms, submission, now } = facts
  const can: StoryAction[] = []
  const unwritten = waits === null && submission.status.status === 'pending'
  // Release writes it too, where something is owed.
  if (waits?.settles || (unwritten && owed.total === 0n)) can.push('settle')
  if (owed.total > 0n) can.push('release')
  if (owed.total > 0n && facts.undelivered && facts.asset.trustline) can.push('add_trustline')
  const judges = terms.judge !== null && mayRule(current, terms, now)
  if (judges && waits && !submission.votes.decision) can.push('rule')
  return can
}
