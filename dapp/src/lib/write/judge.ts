/** The judge's two calls: what the oracles left undecided, and a ranking; loaded on demand. */
import { rankAsJudge, ruleSubmissions } from '@stellartrain/sdk/judge'
import type { Ballot, RankedRow } from '../rules/judge.ts'
import { system, walletSigner } from './system.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** `reasons`: what is published as the judge's report. */
export const ruleOn = (challenge: number, ballots: readonly Ballot[], reasons: string): Promise<unknown> =>
  ruleSubmissions(system(), { challenge, ballots, reasons: encode(reasons) }, walletSigner())

export const rank = (challenge: number, rows: readonly RankedRow[], reasons: string): Promise<unknown> =>
  rankAsJudge(system(), { challenge, rows, reasons: encode(reasons) }, walletSigner())
