/**
 * The path of a submission: six steps, each with its time, its proof and, when it fails, a sentence.
 * Pure: the same function draws the page, a row in a list and the live region.
 */
import { formatAmount, formatCount, formatDay, formatScore, meetsSign, ordinal, type Unit } from './format.ts'
import type { ChallengeSummary, Direction, Score, Submission } from './types.ts'

export type StepId = 'checked' | 'sealed' | 'submitted' | 'queued' | 'graded' | 'paid'
export type StepState = 'done' | 'active' | 'todo' | 'failed' | 'skipped'
export type Proof = { kind: 'cid' | 'tx' | 'report'; value: string }
export type PathStep = {
  id: StepId
  label: string
  state: StepState
  at: number | null
  proof: Proof | null
  /** What happened, what it cost, what to do. */
  sentence: string | null
  /** 0 to 1 while bytes are moving. */
  progress: number | null
}

export type PathRules = {
  asset: Unit
  threshold: Score
  direction: Direction
  quorum: number
  oracles: number
  gradeBy: string
  /** null where it is known only with the verdict. */
  reward: string | null
  rule?: ChallengeSummary['payout']['rule']
  ranking?: ChallengeSummary['ranking']
}

/** What this browser is doing before the ledger knows of the submission. */
export type Draft = {
  stage: 'idle' | 'check' | 'ready' | 'seal' | 'upload' | 'sign' | 'send' | 'landed'
  progress?: number
  /** The wallet is asked to sign in to the store first; this spends nothing. */
  signingIn?: boolean
  cid?: string
  tx?: string
  /** Set when it stopped here; empty where the sentence is elsewhere on the page. */
  failure?: string
}

const step = (id: StepId, label: string, state: StepState, rest: Partial<PathStep> = {}): PathStep => ({
  id,
  label,
  state,
  at: null,
  proof: null,
  sentence: null,
  progress: null,
  ...rest,
})

const time = (at: string | null): number | null => (at ? Date.parse(at) : null)
const positive = (units: string): boolean => BigInt(units) > 0n

/** The steps before anything is on the ledger, as this browser takes them. */
export function pathOfDraft(draft: Draft, rules: PathRules): PathStep[] {
  const order = ['idle', 'check', 'ready', 'seal', 'upload', 'sign', 'send', 'landed']
  const now = order.indexOf(draft.stage)
  const failed = draft.failure !== undefined
  const state = (first: number, last: number): StepState =>
    now > last ? 'done' : now < first ? 'todo' : failed ? 'failed' : 'active'
  const sentence = (first: number, last: number) => (now >= first && now <= last ? draft.failure || null : null)
  const sealing =
    draft.stage === 'upload'
      ? draft.signingIn
        ? 'Waiting for your sign-in'
        : 'Uploading'
      : draft.stage === 'seal'
        ? 'Sealing'
        : 'Sealed'
  const sending =
    draft.stage === 'sign'
      ? 'Waiting for your signature'
      : draft.stage === 'send'
        ? 'Waiting for the ledger'
        : 'Submitted'
  return [
    step('checked', draft.stage !== 'check' ? 'Checked' : failed ? 'Check failed' : 'Checking', state(1, 1), {
      sentence: sentence(1, 1),
    }),
    step('sealed', failed && now >= 3 && now <= 4 ? 'Not sealed' : sealing, state(3, 4), {
      sentence: sentence(3, 4),
      proof: draft.cid ? { kind: 'cid', value: draft.cid } : null,
      progress: draft.stage === 'upload' && !failed ? (draft.progress ?? 0) : null,
    }),
    step('submitted', failed && now >= 5 && now <= 6 ? 'Not submitted' : sending, state(5, 6), {
      sentence: sentence(5, 6),
      proof: draft.tx ? { kind: 'tx', value: draft.tx } : null,
    }),
    step('queued', 'In the queue', draft.stage === 'landed' ? 'active' : 'todo'),
    step('graded', 'Graded', 'todo'),
    step('paid', paidLabel(rules), 'todo'),
  ]
}

/** The steps of a submission that the ledger knows. */
export function pathOf(submission: Submission, rules: PathRules, now: number): PathStep[] {
  return [
    // Nobody measured when it was checked and sealed; the ledger knows when it was submitted.
    step('checked', 'Checked', 'done'),
    step('sealed', 'Sealed', 'done', {
      proof: { kind: 'cid', value: submission.cid },
    }),
    step('submitted', 'Submitted', 'done', {
      at: time(submission.submittedAt),
      proof: { kind: 'tx', value: submission.submitTx },
    }),
    queued(submission, rules, now),
    graded(submission, rules),
    paid(submission, rules, now),
  ]
}

function queued(submission: Submission, rules: PathRules, now: number): PathStep {
  const over = submission.status === 'ungraded' || (submission.status === 'pending' && now >= Date.parse(rules.gradeBy))
  if (!over && submission.status !== 'pending')
    return step('queued', 'Queued', submission.status === 'void' ? 'skipped' : 'done', {
      at: time(submission.submittedAt),
      proof: { kind: 'tx', value: submission.submitTx },
    })
  const place = submission.queuePosition ? ` (${ordinal(submission.queuePosition)})` : ''
  if (over) {
    return step('queued', 'Not graded in time', 'failed', {
      sentence: `No verdict came by ${formatDay(Date.parse(rules.gradeBy))}. The fallback rules apply now; the deposit can be taken back.`,
    })
  }
  const votes = submission.votes.length
  const counted = votes > 0 ? `${votes} of ${rules.quorum} votes needed are in. ` : ''
  return step('queued', `In the queue${place}`, 'active', {
    sentence: `${counted}If no verdict comes by ${formatDay(Date.parse(rules.gradeBy))}, the fallback rules apply.`,
  })
}

function graded(submission: Submission, rules: PathRules): PathStep {
  const proof: Proof | null = submission.report
    ? { kind: 'report', value: submission.report }
    : submission.verdictTx
      ? { kind: 'tx', value: submission.verdictTx }
      : null
  const at = time(submission.verdictAt)
  const cost = positive(submission.deposit)
    ? `It cost the deposit of ${formatAmount(submission.deposit, rules.asset)} and one attempt.`
    : 'It cost one attempt and the transaction fee, nothing else.'
  switch (submission.status) {
    case 'pending':
      return step('graded', 'Graded', 'todo')
    case 'ungraded':
      return step('graded', 'Not graded', 'skipped')
    case 'scored': {
      const { score, acceptedUnits } = submission
      if (rules.rule === 'per_unit' && acceptedUnits !== null)
        return step('graded', `Accepted ${formatCount(acceptedUnits, 'label')}`, 'done', { at, proof })
      return step('graded', score ? `Graded ${formatScore(score.value)}` : 'Graded', 'done', { at, proof })
    }
    case 'duplicate':
      return step('graded', 'Duplicate', 'failed', {
        at,
        proof,
        sentence: `The same content was submitted before, whatever the order of rows. ${cost} Submit work of your own.`,
      })
    case 'rejected':
      return step('graded', 'Rejected', 'failed', {
        at,
        proof,
        sentence: `${submission.reason?.text ?? 'The file was not accepted.'} ${cost} ${rules.rule === 'per_unit' ? 'The next batch holds other items.' : 'Fix the file; the check before sending shows the rows.'}`,
      })
    case 'unsettled':
      return step('graded', 'Not settled', 'failed', {
        at,
        proof,
        sentence:
          'The oracles did not agree on a verdict. It cost nothing but the transaction fee: the deposit is returned.',
      })
    case 'void':
      return step('graded', 'Not needed', 'skipped', {
        at,
        sentence: 'The last winner was found before this submission was reached. The deposit is returned.',
      })
  }
}

function paid(submission: Submission, rules: PathRules, now: number): PathStep {
  const payment = submission.payment
  const done = (label: string, sentence: string | null = null) =>
    step('paid', label, 'done', {
      at: time(payment?.at ?? null),
      proof: payment ? { kind: 'tx', value: payment.tx } : null,
      sentence,
    })
  if (positive(submission.held) && rules.ranking) {
    return step('paid', `Due: ${formatAmount(submission.held, rules.asset)}`, 'active', {
      sentence: 'Its place on the ranking is decided: anyone may send the prize, and it can only go to the solver.',
    })
  }
  if (positive(submission.held)) {
    return step('paid', `Held: ${formatAmount(submission.held, rules.asset)}`, 'active', {
      sentence: `The payment could not be delivered, most often because the account has no trustline for ${rules.asset.code}. It stays reserved for the solver: once the account can receive it, anyone may release it.`,
    })
  }
  if (positive(submission.prize) && payment) {
    const deposit = BigInt(payment.amount) - BigInt(submission.prize)
    return done(
      `Paid ${formatAmount(submission.prize, rules.asset)}${rules.ranking && submission.place ? ` for the ${ordinal(submission.place)} place` : ''}`,
      deposit > 0n ? `Together with the deposit of ${formatAmount(deposit, rules.asset)}.` : null,
    )
  }
  if (positive(submission.silence) && payment) {
    return done(
      `Paid ${formatAmount(submission.silence, rules.asset)}`,
      'Its share of the remaining prize, because it was not graded in time.',
    )
  }
  const returned =
    payment && positive(payment.amount) ? ` The deposit of ${formatAmount(payment.amount, rules.asset)} came back.` : ''
  const without = (label: string, sentence: string | null = null) =>
    step('paid', label, 'skipped', {
      at: time(payment?.at ?? null),
      proof: payment ? { kind: 'tx', value: payment.tx } : null,
      sentence: sentence || returned ? `${sentence ?? ''}${returned}`.trim() : null,
    })
  switch (submission.status) {
    case 'pending':
    case 'ungraded':
      return submission.status === 'ungraded' || now >= Date.parse(rules.gradeBy)
        ? step('paid', 'To be released', 'active', {
            sentence:
              'Deposit and part of the prize, if any, are due: anyone may release them, and they can only go to the solver.',
          })
        : step('paid', paidLabel(rules), 'todo')
    case 'scored':
      if (rules.rule === 'per_unit') return without('No pay', 'No unit of this batch was accepted.')
      return submission.score && !submission.meetsThreshold
        ? without(
            'No prize',
            `${formatScore(submission.score.value)} does not reach ${meetsSign(rules.direction)} ${formatScore(rules.threshold.value)}. Better predictions can be submitted while attempts are left.`,
          )
        : rules.ranking === 'open'
          ? step('paid', 'Prizes by the ranking', 'todo', {
              sentence: 'The best are paid after the deadline, once the oracles have posted the ranking.',
            })
          : rules.ranking
            ? without('No prize', 'Its place on the ranking brings none.')
            : without(
                'No prize left',
                'The score reaches the threshold, but this solver has already won or every prize was taken by earlier submissions.',
              )
    case 'unsettled':
    case 'void':
      return positive(submission.deposit) && !submission.depositReturned
        ? step('paid', 'Deposit to take back', 'active', {
            sentence: 'Anyone may release it; the money can only go to the solver.',
          })
        : without('No prize')
    default:
      return step('paid', rules.rule === 'per_unit' ? 'No pay' : 'No prize', 'skipped')
  }
}

const paidLabel = ({ reward, asset }: PathRules): string =>
  reward === null ? 'Paid' : `Paid ${formatAmount(reward, asset)}`

/** The step that says where the submission is: the failed or moving one, else the last one reached. */
export function currentStep(steps: PathStep[]): PathStep {
  return (
    steps.find((candidate) => candidate.state === 'failed') ??
    steps.find((candidate) => candidate.state === 'active') ??
    steps.filter((candidate) => candidate.state === 'done').at(-1) ??
    steps[0]!
  )
}

/** One sentence for the live region. */
export function pathInWords(steps: PathStep[]): string {
  const at = currentStep(steps)
  return at.sentence && at.state === 'failed' ? `${at.label}. ${at.sentence}` : `${at.label}.`
}
