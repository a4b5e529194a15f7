/** A submission's entry in one line, so that two readings of it can be compared. */
import { cidToString, type Submission, scoreToDecimal } from '@stellartrain/contracts-client'
import { FLAG, type Flags, hasFlag, statusName } from '@stellartrain/contracts-client/rules'

export const summary = (submission: Submission): string =>
  [
    `number ${submission.number}`,
    cidToString(submission.cid),
    statusName(submission.verdict),
    `score ${scoreToDecimal(submission.score)}`,
    ...(Object.keys(FLAG) as (keyof Flags)[])
      .filter((flag) => hasFlag(submission.flags, flag))
      .map((flag) => FLAG_WORDS[flag]),
  ].join(', ')

const FLAG_WORDS: Readonly<Record<keyof Flags, string>> = {
  carried: 'carries its fee',
  passed: 'passed over',
  kept: 'a place kept',
  held: 'a payment held',
  prizePaid: 'prize paid',
  byJudge: 'decided by the judge',
}
