/** A task for labelers as the terms that the contract would hold, and everything that can happen to it. Pure. */
import { type Terms, verdictFee } from '@stellartrain/contracts-client/rules'
import { termsInWords } from '@stellartrain/sdk/terms-words'
import { formatAmount, formatCount, formatDay, formatDuration, type Unit } from '../../words/format.ts'
import { WORDS, withShortNames } from '../../words/tell.ts'
import type { Form } from '../form.ts'
import { type Outcome, TOPICS } from '../outcomes.ts'
import type { Times } from '../sums.ts'
import { itemsMayBePrivate, quizOf } from './form.ts'
import type { LabelsSums } from './sums.ts'

/** `opens` is now: a challenge opens once its oracles have accepted. */
export function labelsTerms(form: Form, { sums, times, now }: { sums: LabelsSums; times: Times; now: number }): Terms {
  const earnings = form.kind === 'earnings'
  const attempts = Math.ceil(sums.items / sums.batch) + 1
  return {
    payout: earnings ? { rule: 'earnings' } : { rule: 'per_unit', rate: sums.rate, maxUnits: sums.batch },
    oracles: form.oracles,
    oracleFee: sums.fee,
    deposit: sums.deposit,
    threshold: 0n,
    direction: 'maximize',
    step: 1n,
    opens: Math.floor(now / 1_000),
    acceptBy: times.acceptBy,
    deadline: times.deadline,
    patience: times.patience,
    gradeBy: times.gradeBy,
    judge: times.judgeBy === null ? null : { address: form.judge.trim(), by: times.judgeBy },
    ...{
      attempts,
      attemptsPerDay: attempts,
      uniqueContent: false,
      opensTruth: !earnings && !(form.labels.items === 'private' && itemsMayBePrivate(form.labels)),
    },
  }
}

type Of = { sums: LabelsSums; times: Times; terms: Terms; asset: Unit }

export function labelsOutcomes(form: Form, { sums, times, terms, asset }: Of): Outcome[] {
  const money = (units: bigint) => formatAmount(units, asset)
  const at = (seconds: number) => formatDay(seconds * 1000)
  const gate = form.kind === 'earnings' ? null : form.gate.trim() || null
  const of = {
    asset: { code: asset.code ?? '', decimals: asset.decimals ?? 7 },
    ...{ gate, rows: sums.batch, budget: sums.feeBudget },
  }
  return [
    {
      when: 'When you sign',
      what: `${money(sums.total)} moves into the contract: ${money(sums.prize)} for labels, ${money(sums.feeBudget)} for grading. From then on you cannot change the rules, the oracles or the rate; anyone can add money until it closes.`,
    },
    {
      when: `Until ${at(times.acceptBy)}`,
      what: 'Each oracle accepts. Until all have, you may cancel. If they have not by then, anyone may send everything back to you.',
    },
    ...quizOutcome(form),
    ...(form.kind === 'earnings' ? earned(form, sums, money) : perUnit(form, { sums, times, terms, asset })),
    {
      when: 'Your money back',
      what:
        form.kind === 'earnings'
          ? `From ${at(times.gradeBy)} on, whenever you or anyone else calls close, you get what no epoch has posted as earned.`
          : 'From the deadline on, whenever you or anyone else calls close, you get exactly what no batch can still earn.',
    },
    ...termsInWords(terms, of, WORDS)
      .filter(({ topic }) => topic !== 'copies')
      .map(({ topic, says }) => ({ when: TOPICS[topic], what: withShortNames(says) })),
    {
      when: 'After the end',
      what: afterEnd(form),
    },
  ]
}

function afterEnd({ kind, labels }: Form): string {
  const hidden = labels.items === 'private' && itemsMayBePrivate(labels)
  const known =
    kind === 'earnings' || hidden ? 'The known answers stay closed. ' : 'The known answers are opened to everyone. '
  if (labels.results === 'maker')
    return `${known}The labels are for you alone: with your key you export them while the challenge runs, or within 30 days of its end. No one else can read them.`
  return kind === 'earnings'
    ? `${known}The oracles open the labels to everyone once the deadline has passed, and for 30 days after the end.`
    : 'The known answers and all accepted batches are opened, to you and to everyone: you export the labels, and anyone can recompute the verdicts.'
}

function perUnit(form: Form, { sums, times, terms, asset }: Of): Outcome[] {
  const money = (units: bigint) => formatAmount(units, asset)
  const at = (seconds: number) => formatDay(seconds * 1000)
  const deposit = sums.deposit > 0n ? `, with a deposit of ${money(sums.deposit)}` : ''
  const left =
    times.judgeBy === null
      ? 'What is undecided then earns nothing'
      : `What is undecided then the judge may decide until ${at(times.judgeBy)}; what it leaves undecided earns nothing`
  return [
    {
      when: `Until ${at(times.deadline)}`,
      what: `Oracles lease items, ${formatCount(sums.batch, 'item')} to a batch, so that each gets ${formatCount(sums.overlap, 'labeler')}. A labeler signs once for a batch${deposit}. Once your fee budget is used up, each carries its own grading, ${money(verdictFee(terms))} at most.`,
    },
    {
      when: `With ${form.labels.minAccuracy.trim()} % of the known items right`,
      what: `The whole batch is paid in the transaction that judges it, ${money(sums.rate)} an item, ${money(sums.reward)} if it is full. Otherwise none of it is paid, and the verdict is final. You approve nothing, and cannot stop it.`,
    },
    {
      when: 'If votes do not agree',
      what: `A batch waits for its verdict; other batches are judged meanwhile. An oracle that does not answer is waited for ${formatDuration(times.patience)}.`,
    },
    {
      when: `Until ${at(times.votesEnd)}`,
      what: `Votes are taken. ${left}; its deposit and carried fee come back to the labeler.`,
    },
  ]
}

const earned = (form: Form, sums: LabelsSums, money: (units: bigint) => string): Outcome[] => [
  {
    when: 'Epoch by epoch',
    what: `The oracles post what each labeler has earned, ${money(sums.rate)} for each accepted answer where ${form.labels.minAccuracy.trim()} % of the known items are right. From a posting on no one can take the amount back; until then labelers trust the oracles.`,
  },
  {
    when: 'A claim',
    what: 'Anyone can claim for a labeler, against any posting; the money goes to the labeler only. Labelers sign no transaction and pay no fee.',
  },
]

function quizOutcome({ labels }: Form): Outcome[] {
  const quiz = quizOf(labels)
  if (!quiz) return []
  return [
    {
      when: 'Before a labeler’s first batch',
      what: `It answers ${formatCount(quiz.questions, 'known item')} of the ${quiz.items} that are kept for the quiz, and gets items once most oracles have signed that ${Math.round(quiz.minAccuracy * 100)} % were right. It has ${formatCount(quiz.tries, 'try', 'tries')}.`,
    },
  ]
}
