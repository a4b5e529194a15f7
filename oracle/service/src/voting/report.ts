/** The grade report of a batch: what was graded, with what, and why not. It is the same bytes whenever the same batch is graded. */
import { Verdict } from '@stellartrain/contracts-client'
import {
  CONTENT_REASONS,
  type GradedSubmission,
  type GradeReport,
  type Manifest,
  type Place,
} from '@stellartrain/ipfs-content'
import { reasonName } from '@stellartrain/oracle-grade'
import type { Entry } from '../chain/entry.ts'
import type { OwnVerdict } from '../grading/verdict.ts'

export type ReportHead = Readonly<{
  place: Place
  challenge: number
  oracle: string
  manifestCid: string
  manifest: Manifest
  ranked: boolean
  engine: { name: string; version: string }
}>

export function reportOf(head: ReportHead, batch: readonly { entry: Entry; verdict: OwnVerdict }[]): GradeReport {
  const { place, challenge, oracle, manifestCid, manifest, ranked, engine } = head
  return {
    format: 'stellartrain/grade-report',
    version: 1,
    ...place,
    challenge,
    oracle,
    manifest: manifestCid,
    engine,
    metric: manifest.metric,
    ...(ranked && { part: 'public' as const }),
    submissions: batch.map(({ entry, verdict }) => line(entry, verdict)),
  }
}

function line({ number, solver, attempt, cid }: Entry, verdict: OwnVerdict): GradedSubmission {
  const who = { number, solver, attempt, cid, units: verdict.units }
  const ungraded = { score: null, contentHash: null, rows: null }
  if (verdict.kind === Verdict.Scored) {
    const contentHash = Buffer.from(verdict.contentHash).toString('hex')
    return { ...who, verdict: 'scored', score: String(verdict.score), contentHash, rows: verdict.rows, reason: null }
  }
  if (verdict.kind !== Verdict.Rejected) return { ...who, verdict: 'unavailable', ...ungraded, reason: null }
  return { ...who, verdict: 'rejected', ...ungraded, reason: { code: verdict.reason, name: nameOf(verdict.reason) } }
}

/** Codes below 20 are about the sealed file, the others about its rows. */
function nameOf(code: number): string {
  if (code >= 20) return reasonName(code) ?? 'unknown'
  return Object.entries(CONTENT_REASONS).find(([, reason]) => reason.code === code)?.[0] ?? 'unknown'
}
