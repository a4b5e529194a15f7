/** What a maker is shown before signing: the money, the rules in plain words, the dates, and what is worth a second thought. */
import { scoreToDecimal, type Token, termsOf, toDecimal } from '@stellartrain/contracts-client'
import type { OpeningCost } from '@stellartrain/contracts-client/recount-cost'
import { calendar } from '../challenge/calendar.ts'
import { termsInWords } from '../challenge/terms-words.ts'
import type { PreparedChallenge } from '../create/create.ts'
import { counted } from '../system/counted.ts'
import { money, time } from './show.ts'

const PUBLISHED = {
  none: 'no submissions, so no score can be recomputed',
  winning: 'winning submissions; the scores of others cannot be recomputed',
  all: 'all scored submissions',
} as const

export function preview(prepared: PreparedChallenge): string {
  const { manifest, terms: frozen, money: planned, token, warnings, unique } = prepared
  const terms = termsOf(frozen)
  const earnings = terms.payout.rule === 'earnings'
  const ranking = planned.rankingFees > 0n ? `, of it ${money(planned.rankingFees, token)} for the ranking` : ''
  const rows: [name: string, value: string][] = [
    [
      'locked now',
      `${money(planned.total, token)} (prizes ${money(planned.prize, token)}, oracle fees ${money(planned.feeBudget, token)}${ranking})`,
    ],
    ...payoutRows(prepared),
    ...(earnings ? [] : submissionRows(prepared)),
    ...(earnings ? [] : publicationRow(prepared)),
  ]
  const of = { asset: token, gate: frozen.gate, rows: manifest.submission.rows, budget: planned.feeBudget }
  const words = termsInWords(terms, of)
  return [
    manifest.title,
    ...rows.map(([name, value]) => `  ${name.padEnd(12)}${value}`),
    ...recountRows(prepared),
    ...words.flatMap(({ topic, says }) => [
      `  ${topic.padEnd(12)}${says}`,
      ...(topic === 'copies' ? [`  ${''.padEnd(12)}${unique.why}`] : []),
    ]),
    ...calendar(terms).map(({ at, says }) => `  ${time(at)}  ${says}`),
    ...warnings.map((warning) => `  ! ${warning}`),
    '',
  ].join('\n')
}

/** What the contract that grades costs whom, beyond what is locked. */
function recountRows({ recount }: PreparedChallenge): string[] {
  if (!recount) return []
  const { configureStroops, truth, work } = recount.cost
  const xlm = (stroops: bigint) => `about ${toDecimal(stroops, 7)} XLM`
  const of = ({ transactions, stroops }: OpeningCost) => `${counted(transactions, 'transaction')}, ${xlm(stroops)}`
  return [
    `  ${'recount'.padEnd(12)}your second signature fixes how the ledger scores again; network fee ${xlm(configureStroops)}`,
    `  ${''.padEnd(12)}if the oracles leave work undecided: opening the truth takes ${of(truth)}; a solver’s work ${of(work)}`,
  ]
}

function submissionRows(prepared: PreparedChallenge): [string, string][] {
  const { attempts, attempts_per_day } = prepared.terms
  return [
    ['deposit', depositOf(prepared)],
    ['attempts', `${attempts} per solver, ${attempts_per_day} a day (UTC)`],
  ]
}

function publicationRow({ manifest }: PreparedChallenge): [string, string][] {
  const { truth, submissions } = manifest.opens
  return [
    ['publishes', truth ? `after the end, the truth and ${PUBLISHED[submissions]}` : 'nothing: the truth stays closed'],
  ]
}

function depositOf({ terms, token }: PreparedChallenge): string {
  if (terms.deposit === 0n) return 'none'
  return `${money(terms.deposit, token)} per submission, returned; of a rejected or unavailable one it first pays the oracles`
}

function earningsRows(labeling: PreparedChallenge['manifest']['labeling'], { code }: Token): [string, string][] {
  const pays = 'what a quorum of the oracles posts as earned, to be claimed'
  if (labeling?.perItem === undefined) return [['pays', pays]]
  const share = labeling.minAccuracy * 100
  return [
    ['pays', `${labeling.perItem} ${code} for each accepted answer, ${share} % of the known items right: ${pays}`],
  ]
}

function payoutRows({ manifest, terms, token, trial }: PreparedChallenge): [string, string][] {
  const score = (units: bigint | null | undefined) =>
    units === null || units === undefined ? 'rejected' : scoreToDecimal(units)
  const { payout } = terms
  if (payout.tag === 'Earnings') return earningsRows(manifest.labeling, token)
  if (payout.tag === 'PerUnit') {
    const { rate, max_units } = payout.values[0]
    const share = (manifest.labeling?.minAccuracy ?? 1) * 100
    return [
      [
        'pays',
        `${money(rate, token)} for each accepted unit, ${max_units} in a full batch; ${share} % of the known items must be right`,
      ],
    ]
  }
  const baseline = trial.baseline === null ? manifest.baseline.score : score(trial.baseline)
  const better = trial.direction === 'maximize' ? 'higher' : 'lower'
  const sign = trial.direction === 'maximize' ? '≥' : '≤'
  const rows: [string, string][] = [
    ['score', `${manifest.metric.id}, ${better} is better; a prize needs ${sign} ${scoreToDecimal(terms.threshold)}`],
    ['trial', `perfect ${score(trial.perfect)}, baseline ${baseline}, constant ${score(trial.constant)}`],
  ]
  if (payout.tag === 'Bounty') {
    const { reward, winners } = payout.values[0]
    const first =
      winners === 1 ? 'the first solver that reaches' : `each of the first ${counted(winners, 'solver')} that reach`
    return [['pays', `${money(reward, token)} to ${first} the threshold`], ...rows]
  }
  if (payout.tag !== 'Ranked') return rows
  const prizes = payout.values[0].prizes.map((prize) => money(prize, token)).join(', ')
  const { parts } = trial
  return [
    ['pays', `${prizes}, by the private rows after the deadline`],
    ...rows,
    [
      'rows',
      `${parts?.public} public (scored at once; the scores above), ${parts?.private} private: perfect ${score(trial.private?.perfect)}, constant ${score(trial.private?.constant)}`,
    ],
  ]
}
