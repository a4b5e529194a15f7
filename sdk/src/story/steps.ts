/** The seven steps of a submission as people read them: labels, times, proofs, and a sentence where something needs one. */

import { votesCast, votesGraded } from '@stellartrain/contracts-client/rules'
import { capital, partOf } from '../system/counted.ts'
import type { Happening, StoryFacts } from './facts.ts'
import type { Told } from './told.ts'
import { resultLabel, verdictLabel } from './verdict.ts'
import type { Words } from './words.ts'

export type StepId = 'checked' | 'sealed' | 'submitted' | 'handed' | 'queued' | 'graded' | 'paid'
export type StepState = 'done' | 'active' | 'todo' | 'failed' | 'skipped'
export type Proof = { kind: 'cid' | 'transaction' | 'report'; value: string }

export type StoryStep = {
  id: StepId
  /** As people read it, e.g. `In the queue (3rd)`, `Graded 0.953`, `Paid 50 USDC`. */
  label: string
  state: StepState
  /** Unix seconds; null where it is not known or has not happened. */
  at: number | null
  proofs: Proof[]
  /** What happened, what it cost, what to do; null where the label says it all. */
  sentence: string | null
}

type Rest = Partial<Omit<StoryStep, 'id' | 'label' | 'state'>>

const step = (id: StepId, label: string, state: StepState, rest: Rest = {}): StoryStep => ({
  ...{ id, label, state, at: null, proofs: [], sentence: null },
  ...rest,
})

export function stepsOf(facts: StoryFacts, told: Told, words: Words): StoryStep[] {
  const { seen, submission } = facts
  return [
    step('checked', 'Checked', 'done'),
    step('sealed', 'Sealed', 'done', { proofs: [{ kind: 'cid', value: seen.cid }] }),
    step('submitted', 'Submitted', 'done', { at: submission.time, proofs: transaction(seen.submitted) }),
    handedStep(facts, told),
    queuedStep(facts, told),
    gradedStep(facts, told, words),
    paidStep(facts, told, words),
  ]
}

/**
 * That its file left the solver's machine is on no record, but whoever graded it had it; before that only the solver's own drafts know.
 */
function handedStep({ submission, seen }: StoryFacts, { standing }: Told): StoryStep {
  const { votes } = submission
  // The judge was shown it by its solver: that says nothing of the oracles, and they need it no more.
  const byJudge = submission.byJudge || votes.decision?.by === 'judge'
  const concluded = standing.status === 'scored' || standing.status === 'rejected'
  const graded = (concluded && !byJudge) || votesGraded(votes) > 0 || seen.graded
  const waits = standing.status === 'pending' && !byJudge
  return step('handed', 'Handed over', graded ? 'done' : waits ? 'todo' : 'skipped')
}

function queuedStep({ terms }: StoryFacts, { waits, standing }: Told): StoryStep {
  const name = terms.payout.rule === 'bounty' ? 'In the queue' : 'With the oracles'
  if (waits) {
    const next = waits.next ? ` ${waits.next.says}` : ''
    return step('queued', waits.label, 'active', { sentence: `${waits.says}${next}` })
  }
  return step('queued', name, standing.status === 'void' ? 'skipped' : 'done')
}

function gradedStep(facts: StoryFacts, told: Told, words: Words): StoryStep {
  const { seen, submission, terms } = facts
  const { standing } = told
  if (standing.status === 'pending') {
    const cast = votesCast(submission.votes)
    // Votes that differ make no verdict: they are counted as votes, not as grades.
    return step(
      'graded',
      cast > 0 ? `${capital(partOf(cast, terms.oracles.length, 'oracle'))} voted` : 'Graded',
      'todo',
    )
  }
  const report = seen.report ? [{ kind: 'report' as const, value: seen.report }] : []
  const proofs = [...transaction(seen.concluded), ...report]
  const state = STATES[standing.status]
  const sentence = state === 'done' ? null : `${capital(told.why)}.`
  return step('graded', verdictLabel(facts, standing, words), state, {
    at: seen.concluded?.at ?? null,
    proofs,
    sentence,
  })
}

const STATES = {
  scored: 'done',
  rejected: 'failed',
  unavailable: 'failed',
  unsettled: 'failed',
  void: 'skipped',
} as const

function paidStep(facts: StoryFacts, told: Told, words: Words): StoryStep {
  const { standing, amounts, next, own, why } = told
  const { asset, seen } = facts
  const money = (amount: bigint) => words.money(amount, asset)
  if (standing.status === 'pending') {
    // A prize can be set aside for a place that another of the solver's submissions does not change.
    return step('paid', 'Paid', 'todo')
  }
  const reason = standing.status === 'scored' ? [`${capital(why)}.`] : []
  const sentence = [...reason, ...own, ...(next ? [next.says] : [])].join(' ') || null
  const at = seen.paid?.at ?? null
  const proofs = transaction(seen.paid)
  if (amounts.owed.total > 0n) {
    const won = amounts.owed.prize + amounts.owed.pay > 0n
    const label = `${money(amounts.owed.total)} ${facts.undelivered ? 'held' : won ? 'due' : 'to take back'}`
    return step('paid', label, facts.undelivered ? 'failed' : 'active', { at, proofs, sentence })
  }
  if (amounts.earned > 0n) return step('paid', `Paid ${money(amounts.earned)}`, 'done', { at, proofs, sentence })
  const label = resultLabel(facts, amounts, standing, words)
  return step('paid', label, told.final ? 'skipped' : 'active', { at, proofs, sentence })
}

const transaction = (happening: Happening | null): Proof[] =>
  happening ? [{ kind: 'transaction', value: happening.tx }] : []
