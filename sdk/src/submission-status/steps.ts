/** The six steps as people read them: labels, proofs, and a sentence where something needs one. Pure. */
import { type ContractEvent, cidToString, Direction, scoreToDecimal, toDecimal } from '@stellartrain/contracts-client'
import { earnedAmount, type Facts, paidAmount, paymentEvent, type SubmissionEvents } from './facts.ts'

export type StepId = 'checked' | 'sealed' | 'submitted' | 'queued' | 'graded' | 'paid'
export type StepState = 'done' | 'active' | 'todo' | 'failed' | 'skipped'
export type Proof = { kind: 'cid' | 'transaction' | 'report'; value: string }

export type SubmissionStep = {
  id: StepId
  /** As people read it, e.g. `In the queue (3rd)`, `Graded 0.953`, `Paid 50 USDC`. */
  label: string
  state: StepState
  /** RFC 3339; null where it is not known or has not happened. */
  at: string | null
  proofs: Proof[]
  /** What happened, what it cost, what to do; null where the label says it all. */
  sentence: string | null
}

export function stepsOf(facts: Facts): SubmissionStep[] {
  const { stored, events } = facts
  const at = new Date(Number(stored.time) * 1_000).toISOString()
  const step = (id: StepId, label: string, state: StepState, rest: Partial<SubmissionStep> = {}): SubmissionStep => ({
    id,
    label,
    state,
    at: null,
    proofs: [],
    sentence: null,
    ...rest,
  })
  return [
    step('checked', 'Checked', 'done', { at }),
    step('sealed', 'Sealed', 'done', { at, proofs: [{ kind: 'cid', value: cidToString(stored.cid) }] }),
    step('submitted', 'Submitted', 'done', { at, proofs: transactionOf(events.submitted) }),
    queuedStep(facts, step),
    gradedStep(facts, step),
    paidStep(facts, step),
  ]
}

type MakeStep = (id: StepId, label: string, state: StepState, rest?: Partial<SubmissionStep>) => SubmissionStep

const moneyIn =
  ({ token }: Facts) =>
  (amount: bigint): string =>
    `${toDecimal(amount, token.decimals)} ${token.code}`

function queuedStep(facts: Facts, step: MakeStep): SubmissionStep {
  const { status, position, events, terms } = facts
  if (status === 'pending') {
    const votes = events.votes > 0 ? `${events.votes} of ${terms.quorum} votes are in. ` : ''
    const end = new Date(Number(terms.grade_by) * 1_000).toISOString()
    return step('queued', `In the queue (${ordinal(position ?? 1)})`, 'active', {
      sentence: `${votes}If it is not graded by ${end}, it gets its deposit back and a part of the silence share.`,
    })
  }
  if (status === 'ungraded') {
    return step('queued', 'Not graded in time', 'failed', {
      sentence:
        facts.owed > 0n
          ? `Grading is over. Release sends ${moneyIn(facts)(facts.owed)}: the deposit and this submission’s part of the silence share.`
          : 'Grading is over.',
    })
  }
  return step('queued', 'In the queue', status === 'void' ? 'skipped' : 'done')
}

function gradedStep(facts: Facts, step: MakeStep): SubmissionStep {
  const { status, stored, events, meets, terms, reason } = facts
  const proof = {
    at: events.verdict?.closedAt ?? null,
    proofs: [...transactionOf(events.verdict), ...reportOf(events)],
  }
  const score = scoreToDecimal(stored.score)
  switch (status) {
    case 'scored': {
      if (terms.payout.tag === 'PerUnit') {
        const rate = `${toDecimal(terms.payout.values[0].rate, facts.token.decimals)} ${facts.token.code}`
        return step('graded', `Accepted ${stored.accepted_units} units`, 'done', {
          ...proof,
          sentence: `${percent(stored.score)} of the known items right; ${rate} for each unit.`,
        })
      }
      const sign = terms.direction === Direction.Maximize ? ['≥', 'below'] : ['≤', 'above']
      const limit = scoreToDecimal(terms.threshold)
      if (facts.ranking) {
        const below = meets ? '' : ` That is ${sign[1]} the threshold ${limit}: no place in the running table.`
        return step('graded', `Graded ${score}`, 'done', { ...proof, sentence: `${score} on the public rows.${below}` })
      }
      return step('graded', `Graded ${score}`, 'done', {
        ...proof,
        sentence: meets ? `${score} ${sign[0]} ${limit}.` : `${score} is ${sign[1]} the threshold ${limit}: no prize.`,
      })
    }
    case 'duplicate':
      return step('graded', 'Duplicate', 'failed', {
        ...proof,
        sentence: `The same content was submitted before.${lostDeposit(facts)}`,
      })
    case 'rejected':
      return step('graded', 'Rejected', 'failed', {
        ...proof,
        sentence: `${reason?.text ?? ''}${lostDeposit(facts)}`.trim() || null,
      })
    case 'unsettled':
      return step('graded', 'No verdict', 'failed', {
        ...proof,
        sentence: 'The oracles reached no common verdict, or none could grade it. The deposit comes back.',
      })
    case 'void':
      return step('graded', 'Not needed', 'skipped', {
        sentence:
          facts.owed > 0n
            ? `The last prize was won before this was graded. Release sends ${moneyIn(facts)(facts.owed)}.`
            : 'The last prize was won before this was graded.',
      })
    default:
      return step('graded', 'Graded', 'todo')
  }
}

/** The score of a batch is a share of its known items. */
const percent = (units: bigint): string => `${Number((Number(units) / 1e5).toFixed(1))}%`

function lostDeposit(facts: Facts): string {
  const { deposit } = facts.terms
  return deposit > 0n ? ` Its deposit of ${moneyIn(facts)(deposit)} is lost.` : ''
}

function paidStep(facts: Facts, step: MakeStep): SubmissionStep {
  const { status, events, held, wonPrize } = facts
  const paid = paidAmount(facts)
  const money = moneyIn(facts)
  if (held) {
    const unsettled = status === 'unsettled'
    return step('paid', unsettled ? 'Deposit to be released' : 'Held', unsettled ? 'active' : 'failed', {
      at: events.verdict?.closedAt ?? null,
      sentence: unsettled
        ? `Release sends ${money(facts.owed)}; anyone may call it.`
        : `${money(facts.owed)} is due but could not be delivered, most often because the account has no trustline. Add the trustline, then release the payment.`,
    })
  }
  const ranked = rankedStep(facts, step)
  if (ranked) return ranked
  if (paid > 0n) {
    const earned = earnedAmount(facts)
    const returned = earned > 0n && paid > earned ? `The deposit of ${money(paid - earned)} came back with it.` : null
    const place = facts.ranking?.place ? ` for the ${ordinal(facts.ranking.place)} place` : ''
    const label = earned > 0n ? `Paid ${money(earned)}${place}` : `Deposit of ${money(paid)} returned`
    const sent = paymentEvent(facts)
    return step('paid', label, 'done', { at: sent?.closedAt ?? null, proofs: transactionOf(sent), sentence: returned })
  }
  if (wonPrize) return step('paid', 'Paid', 'done')
  if (status === 'pending' || status === 'ungraded') return step('paid', 'Paid', 'todo')
  return step('paid', 'No prize', 'skipped')
}

/** What a ranking still has to bring; undefined once that is known and sent. */
function rankedStep(facts: Facts, step: MakeStep): SubmissionStep | undefined {
  const { status, ranking, terms, token, wonPrize } = facts
  if (status !== 'scored' || ranking === null || wonPrize) return undefined
  if (ranking.open) {
    const time = (seconds: bigint) => new Date(Number(seconds) * 1_000).toISOString()
    const place = ranking.place === null ? '' : ` (${ordinal(ranking.place)} in the running table)`
    return step('paid', `Waits for the ranking${place}`, 'active', {
      sentence: `The prizes go by the private rows after ${time(terms.deadline)}; without a ranking by ${time(terms.grade_by)} the running table counts.`,
    })
  }
  if (ranking.prize === 0n) return undefined
  const prize = `${toDecimal(ranking.prize, token.decimals)} ${token.code}`
  return step('paid', `${ordinal(ranking.place ?? 1)}: ${prize} due`, 'active', {
    sentence: 'The oracles send it; anyone may, with release.',
  })
}

function transactionOf(event: ContractEvent | undefined): Proof[] {
  return event ? [{ kind: 'transaction', value: event.txHash }] : []
}

function reportOf({ report }: SubmissionEvents): Proof[] {
  return report ? [{ kind: 'report', value: cidToString(report) }] : []
}

/** 1st, 2nd, 3rd, 4th … */
export function ordinal(place: number): string {
  const tens = place % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${suffix}`
}
