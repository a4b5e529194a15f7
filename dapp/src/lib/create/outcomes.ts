/** Everything that can happen to a challenge, and when: the table that is read before it is signed. */
import { type Terms, verdictFee } from '@stellartrain/contracts-client/rules'
import { recountWords } from '@stellartrain/sdk/recount-words'
import { termsInWords } from '@stellartrain/sdk/terms-words'
import { formatAmount, formatCount, formatDay, formatDuration, type Unit } from '../words/format.ts'
import { WORDS, withShortNames } from '../words/tell.ts'
import { recomputable } from '../words/truth-words.ts'
import type { Form } from './form.ts'
import { judgedByLedger } from './recount.ts'
import type { Sums, Times } from './sums.ts'

export type Outcome = { when: string; what: string }
type Goal = { /** `≥ 0.9 (Accuracy)` */ goal: string /** To predict. */; rows: number }

export const TOPICS = {
  grading: 'Who grades',
  silence: 'If oracles fall silent',
  judge: 'The judge',
  admission: 'Who may take part',
  copies: 'What a copy costs',
  probing: 'Cost of reading the labels from scores',
  insiders: 'Who knows the truth',
} as const

export function outcomesOf(
  form: Form,
  sums: Sums,
  times: Times,
  terms: Terms,
  asset: Unit,
  { goal, rows }: Goal,
): Outcome[] {
  const money = (units: bigint) => formatAmount(units, asset)
  const at = (seconds: number) => formatDay(seconds * 1000)
  const ranked = form.kind === 'ranked'
  const gate = form.gate.trim() || null
  const of = { asset: { code: asset.code ?? '', decimals: asset.decimals ?? 7 }, gate, rows, budget: sums.feeBudget }
  return [
    {
      when: 'When you sign',
      what: `${money(sums.total)} moves into the contract: ${money(sums.prize)} prize, ${money(sums.feeBudget)} for grading${ranked ? `, of which ${money(sums.rankingFees)} is set aside for the ranking at once` : ''}. From then on you cannot change the rules, the oracles or the prize.`,
    },
    {
      when: `Until ${at(times.acceptBy)}`,
      what: 'Each oracle opens the truth, tries the metric and accepts. Until all have, you may cancel. If they have not by then, anyone may send everything back to you.',
    },
    {
      when: `Until ${at(times.deadline)}`,
      what: `Submissions are taken, ${form.attemptsPerDay} per day and ${form.attempts} in total per account${sums.deposit > 0n ? `, each with a deposit of ${money(sums.deposit)}` : ''}. Once your fee budget is used up, each carries its own grading, ${money(verdictFee(terms))} at most.`,
    },
    ...(ranked ? rankedPublic(goal) : bountyOutcomes(form, sums, times, money, goal)),
    {
      when: `Until ${at(times.votesEnd)}`,
      what: `Votes are taken. ${times.judgeBy === null ? 'What is undecided then earns nothing; its deposit and carried fee come back to the solver' : `Whatever is undecided then, the judge may decide from ${at(times.gradeBy)} until ${at(times.judgeBy)}; what it leaves undecided earns nothing, and the solver’s own money comes back`}.`,
    },
    ...(ranked ? rankedPrizes(times, at) : []),
    {
      when: 'Your money back',
      what: 'From the deadline on, whenever you or anyone else calls close, you get exactly what no one can still win.',
    },
    ...termsInWords(terms, of, WORDS).map(({ topic, says }) => ({
      when: TOPICS[topic],
      what: withShortNames(topic === 'judge' && judgedByLedger(form) ? `${says} ${recountWords}` : says),
    })),
    {
      when: 'After the end',
      what: form.opensTruth
        ? `The truth is opened${form.opensSubmissions === 'none' ? '' : form.opensSubmissions === 'winning' ? ', with the winning submissions' : ', with all scored submissions'}, and ${recomputable(form.opensSubmissions)}. If you break this promise, it is on your record.`
        : 'The truth stays closed; your challenge says that its scores cannot be recomputed.',
    },
  ]
}

function bountyOutcomes(
  form: Form,
  sums: Sums,
  times: Times,
  money: (units: bigint) => string,
  goal: string,
): Outcome[] {
  return [
    {
      when: `At a score of ${goal}`,
      what: `${money(sums.reward)} is paid at once, in the order of submission, to the first ${Number(form.winners) === 1 ? 'solver' : formatCount(Number(form.winners), 'solver')}. No one has to approve it, and no one can stop it.`,
    },
    {
      when: 'If votes do not agree',
      what: `The queue waits up to ${formatDuration(2 * times.patience)} for the submission, then continues without it. If some vote says that it wins, a place is kept for it until it is decided.`,
    },
    { when: 'After the last winner', what: 'The challenge ends. What is left of the fee budget returns to you.' },
  ]
}

const rankedPublic = (goal: string): Outcome[] => [
  {
    when: 'While it is open',
    what: `The public rows are scored at once. A score of ${goal} has a place in the running table; the private rows stay hidden.`,
  },
]

const rankedPrizes = ({ gradeBy, judgeBy }: Times, at: (seconds: number) => string): Outcome[] => [
  {
    when: `Until ${at(gradeBy)}`,
    what: `The oracles rank by the private rows${judgeBy === null ? '' : `; if they do not, the judge may until ${at(judgeBy)}`}. Without a ranking the running table pays, in full.`,
  },
]
