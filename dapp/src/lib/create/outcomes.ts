/** Everything that can happen to a challenge, and when: the table that is read before it is signed. */
import { formatAmount, formatDay, formatDuration, type Unit } from '../format.ts'
import { recomputable } from '../truth-words.ts'
import type { Form, Sums, Times } from './form.ts'

export type Outcome = { when: string; what: string }

export function outcomesOf(form: Form, sums: Sums, times: Times, asset: Unit, goal: string): Outcome[] {
  const money = (units: bigint) => formatAmount(units, asset)
  const at = (seconds: number) => formatDay(seconds * 1000)
  const share = Number(form.silencePercent)
  return [
    {
      when: 'When you sign',
      what: `${money(sums.total)} move into the contract: ${money(sums.prize)} prize, ${money(sums.feeBudget)} for grading. From then on you cannot change the rules, the oracles or the prize.`,
    },
    {
      when: `Until ${at(times.acceptBy)}`,
      what: `Each oracle opens the truth, tries the metric and accepts. Until all have, you may cancel. If they have not by then, anyone may send everything back to you.`,
    },
    {
      when: `Until ${at(times.deadline)}`,
      what: `Submissions are taken, ${form.attemptsPerDay} per day and ${form.attempts} in total per account${sums.deposit > 0n ? `, each with a deposit of ${money(sums.deposit)}` : ''}.`,
    },
    {
      when: `At a score of ${goal}`,
      what: `${money(sums.reward)} are paid at once, in the order of submission, to the first ${form.winners} ${form.winners === '1' ? 'solver' : 'solvers'}. No one has to approve it, and no one can stop it.`,
    },
    { when: 'After the last winner', what: 'The challenge ends. What is left of the fee budget returns to you.' },
    {
      when: `After ${at(times.deadline)}, all graded`,
      what: 'If fewer won, the rest of the prize and of the fee budget returns to you. Anyone may trigger it.',
    },
    {
      when: `At ${at(times.gradeBy)}, work still ungraded`,
      what:
        share > 0
          ? `${share}% of what is left is shared by the ungraded submissions, at most ${money(sums.reward)} each; the rest returns to you. Deposits are returned.`
          : 'Deposits return to the solvers, the rest returns to you.',
    },
    {
      when: 'If an oracle does not answer',
      what: `The others continue; after ${formatDuration(times.patience)} a submission without agreement counts as not settled. With fewer oracles than the quorum everything waits for the date above.`,
    },
    {
      when: 'After the end',
      what: form.opensTruth
        ? `The truth is opened${form.opensSubmissions === 'none' ? '' : form.opensSubmissions === 'winning' ? ', with the winning submissions' : ', with all scored submissions'}, and ${recomputable(form.opensSubmissions)}. A maker who breaks this promise has it on record.`
        : 'The truth stays closed; your challenge says that its scores cannot be recomputed.',
    },
  ]
}
