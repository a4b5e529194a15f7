/** A challenge as `status` prints it for people. */
import { type Place, scoreToDecimal } from '@stellartrain/contracts-client'
import { redue, type Terms } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { calendar } from '../challenge/calendar.ts'
import type { ChallengeFacts } from '../challenge/context.ts'
import { termsInWords } from '../challenge/terms-words.ts'
import { counted, partOf } from '../system/counted.ts'
import { answerWords, instructionLines } from './answer-words.ts'
import type { ChallengeView } from './challenge-json.ts'
import { quizTerms } from './quiz-terms.ts'
import { money, time } from './show.ts'

export function challengeText(view: ChallengeView): string {
  const { facts, manifest } = view
  const { id, challenge, state, terms, token, phase } = facts
  const earnings = terms.payout.rule === 'earnings'
  const accepted = state.accepted.filter((version) => version > 0).length
  const budget = state.purse.budget
  const words = termsInWords(terms, {
    ...{ asset: token, gate: challenge.terms.gate, budget },
    rows: manifest?.submission.rows ?? 0,
    ...{ reader: 'solver', finished: isFinished(view) },
  }).filter(({ topic }) => topic !== 'probing' || manifest !== undefined)
  const lines = [
    `Challenge ${id}: ${manifest?.title ?? '(manifest not available now)'}  [${phase}]`,
    `  prize        ${prizeOf(terms, token)}; ${money(state.purse.escrow, token)} left`,
    ...(earnings
      ? []
      : [
          requirement(terms, manifest),
          ...quizOf(manifest),
          ...(manifest ? [`  file         ${fileOf(manifest)}`] : []),
          `  deposit      ${money(terms.deposit, token)}`,
          `  attempts     ${terms.attempts} per solver, ${terms.attemptsPerDay} a day (UTC)`,
        ]),
    ...answersOf(manifest),
    ...words.map(({ topic, says }) => `  ${topic.padEnd(12)} ${says}`),
    `  accepted by  ${partOf(accepted, terms.oracles.length, 'oracle')}`,
    ...(earnings ? [] : [`  submissions  ${submissionsOf(state)}${wonOf(view)}`]),
    ...datesOf(view),
  ]
  return `${lines.join('\n')}\n${boardText(view)}`
}

/** No vote, ballot or ranking can change it any more. */
const isFinished = ({ facts: { phase }, counters: { kept } }: ChallengeView): boolean =>
  phase === 'cancelled' || phase === 'over' || (phase === 'ended' && kept === 0)

/** A date that lies behind is told as what happened and marked, so that it is not taken for one to come. */
function datesOf({ facts: { terms, clock, phase }, counters }: ChallengeView): string[] {
  return calendar(terms, { phase, now: clock.closedAt, kept: counters.kept }).map(
    ({ at, says, past }) => `  ${time(at)}  ${says}${past ? ' (past)' : ''}`,
  )
}

/** What a submission needs to be paid: a score, or for a batch of labels a share of the known items. */
function requirement(terms: Terms, manifest: Manifest | undefined): string {
  if (terms.payout.rule !== 'per_unit')
    return `  threshold    ${manifest ? `${manifest.metric.id} ` : ''}${terms.direction === 'maximize' ? '≥' : '≤'} ${scoreToDecimal(terms.threshold)}, scores in steps of ${scoreToDecimal(terms.step)}`
  const share = manifest?.labeling?.minAccuracy
  return `  required     ${share === undefined ? 'a share of the known items that its manifest states (not available now)' : `${Math.round(share * 1e4) / 100} % of a batch's known items right`}`
}

function quizOf(manifest: Manifest | undefined): string[] {
  const quiz = manifest?.labeling?.quiz
  if (!quiz) return []
  return [`  quiz         ${quizTerms(quiz)}, before anyone gets items`]
}

function answersOf(manifest: Manifest | undefined): string[] {
  if (!manifest?.labeling) return []
  const asked = { columns: manifest.submission.columns, task: manifest.labeling.task }
  const [first, ...rest] = instructionLines(asked)
  return [
    ...answerWords(asked).map((words) => `  answers      ${words}`),
    ...(first === undefined ? [] : [`  instructions ${first}`, ...rest.map((line) => `               ${line}`)]),
  ]
}

/** What a submission may be, before anyone makes one. */
function fileOf({ submission: { formats = ['csv'], idColumn, columns, rows, maxBytes } }: Manifest): string {
  const header = [idColumn, ...columns.map(({ name }) => name)].join(', ')
  return `${formats.join(', ')}: ${counted(rows, 'row')} of ${header}; at most ${counted(maxBytes, 'byte')}`
}

function submissionsOf({ submitted, concluded }: ChallengeFacts['state']): string {
  if (submitted === 0) return 'none so far'
  if (concluded < submitted) return `${submitted}, ${concluded === 0 ? 'none' : concluded} of them final`
  return submitted === 1 ? '1, which is final' : `${submitted}, all of them final`
}

function wonOf({ facts, board, counters }: ChallengeView): string {
  if (facts.state.submitted === 0) return ''
  if (facts.terms.payout.rule === 'ranked') return `, ${board.length} with a place`
  if (facts.terms.payout.rule !== 'bounty') return ''
  const due = board.filter((place) => place.due).length
  const waits = board.length - due
  const kept = counters.kept > 0 ? `, ${counted(counters.kept, 'place')} kept` : ''
  return `, ${due} won${waits > 0 ? `, ${waits} ${waits === 1 ? 'waits' : 'wait'}` : ''}${kept}`
}

const HEADINGS = {
  oracles: 'ranking on the private rows',
  judge: 'the judge’s ranking',
  running_table: 'no one ranked in time; the running table on the public rows decides',
} as const

/** Winners of a bounty; of a ranking the running table on the public rows, or the ranking itself. */
function boardText({ facts, board, counters }: ChallengeView): string {
  if (board.length === 0) return ''
  const { terms, clock, token } = facts
  const { placed } = redue(terms, counters, clock.closedAt).challenge.rankings
  const heading =
    terms.payout.rule === 'bounty'
      ? 'places'
      : placed
        ? HEADINGS[placed]
        : 'the running table on the public rows, and what it would bring now; the prizes go by the private rows'
  return `  ${heading}\n${board.map((place, index) => boardRow(place, index, terms, token)).join('\n')}\n`
}

function boardRow(place: Place, index: number, { payout }: Terms, token: ChallengeFacts['token']): string {
  const { solver, number, score, prize, due } = place
  const state = payout.rule === 'bounty' && !due ? ', waits' : ''
  return `    ${String(index + 1).padStart(2)}  ${solver}  ${scoreToDecimal(score)}  submission ${number}  ${money(prize, token)}${state}`
}

function prizeOf({ payout }: Terms, token: ChallengeFacts['token']): string {
  switch (payout.rule) {
    case 'bounty': {
      const { reward, winners } = payout
      return winners === 1 ? money(reward, token) : `${winners} × ${money(reward, token)}`
    }
    case 'ranked':
      return `${payout.prizes.map((prize) => money(prize, token)).join(', ')} by rank after the deadline`
    case 'per_unit':
      return `${money(payout.rate, token)} for each accepted unit, up to ${payout.maxUnits} a batch`
    case 'earnings':
      return 'what the oracles post as earned, to be claimed'
  }
}
