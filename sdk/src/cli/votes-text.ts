/** Votes of oracles and jurors as lines of text. */
import type { Verdict } from '@stellartrain/contracts-client/rules'
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import type { JurorVote } from '../challenge/jury.ts'
import { reasonOf } from '../system/reasons.ts'

export function verdictText(verdict: Verdict): string {
  if (verdict.status === 'scored') return `scored ${scoreToDecimal(verdict.score)}, content ${verdict.content}`
  return verdict.status === 'rejected'
    ? `rejected (${verdict.reason}: ${reasonOf(verdict.reason).name})`
    : 'unavailable'
}

export const jurorLines = (votes: readonly JurorVote[]): string =>
  votes.map(({ juror, verdict, report }) => `    juror ${juror}: ${verdictText(verdict)}, because ${report}\n`).join('')
