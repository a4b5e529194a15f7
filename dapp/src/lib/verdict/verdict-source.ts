/** Whose word the verdict of a submission is: the oracles' votes, the judge's ballot, or nobody's. Pure. */

import type { Challenge, Submission } from '../read/types.ts'
import { formatDay } from '../words/format.ts'

type Of = Pick<Challenge, 'quorum' | 'oracles' | 'judge' | 'votesEnd' | 'end'>
type Decided = Pick<Submission, 'decision' | 'standing' | 'flags' | 'ballot'> & {
  recount?: { result: object | null } | null
}

/** One sentence for the head of the votes; `now` in milliseconds. */
export function verdictSource(challenge: Of, submission: Decided, now: number): string {
  const { decision, standing, flags, ballot } = submission
  const one = challenge.oracles.length === 1
  if (submission.recount?.result)
    return `Recounted on the ledger: the judge, a contract, computed it from the opened truth and work; the ${one ? 'oracle gave' : 'oracles came to'} no verdict.`
  if (decision?.by === 'judge' || flags.byJudge)
    return `The judge’s ballot is the verdict; the ${one ? 'oracle gave' : 'oracles came to'} none.`
  if (decision) return ruleOf(challenge.quorum, 'are')
  if (standing === 'void') return 'The challenge ended before its turn came: it is void, whatever the votes say.'
  const none = `The ${one ? 'oracle gave' : 'oracles came to'} no verdict`
  if (standing === 'unsettled')
    return `${none}${challenge.judge ? ', and the judge gave none either' : ''}: the submission is unsettled.`
  if (standing !== 'pending') return ruleOf(challenge.quorum, 'are')
  if (ballot) return `${none}; the judge’s ballot is carried out from ${formatDay(Date.parse(challenge.end))} on.`
  if (now < Date.parse(challenge.votesEnd)) return ruleOf(challenge.quorum, 'will be')
  return challenge.judge
    ? `${none}; the judge may decide until ${formatDay(Date.parse(challenge.judge.judgeBy))}.`
    : `${none}: no more votes are taken.`
}

function ruleOf(quorum: number, be: 'are' | 'will be'): string {
  if (quorum === 1) return `The oracle’s vote ${be === 'are' ? 'is' : be} the verdict.`
  return `The first ${quorum} equal votes ${be} the verdict.`
}
