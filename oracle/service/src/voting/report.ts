/** The grade report of a batch: what was graded, with what, and why not. It is the same bytes whenever the same batch is graded. */
import {
  CONTENT_REASONS,
  type GradedSubmission,
  type GradeReport,
  type Manifest,
  type Place,
} from '@stellartrain/ipfs-content'
import { reasonName } from '@stellartrain/oracle-grade'
import type { OwnVote } from './votes.ts'

export type ReportHead = Readonly<{
  place: Place
  challenge: number
  oracle: string
  manifestCid: string
  manifest: Manifest
  ranked: boolean
  engine: { name: string; version: string }
}>

export function reportOf(head: ReportHead, batch: readonly OwnVote[]): GradeReport {
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
    submissions: batch.map(line),
  }
}

function line({ entry: { number, solver, attempt, cid }, verdict, rows, copied, says }: OwnVote): GradedSubmission {
  const who = { number, solver, attempt, cid }
  const ungraded = { units: 0, score: null, contentHash: null, rows: null }
  switch (verdict.status) {
    case 'scored': {
      const { score, content: contentHash, units } = verdict
      return { ...who, verdict: 'scored', units, score: String(score), contentHash, rows, reason: null }
    }
    case 'rejected': {
      const reason = {
        ...{ code: verdict.reason, name: nameOf(verdict.reason) },
        ...(copied !== undefined && { copied }),
        ...(says !== undefined && { says }),
      }
      return { ...who, verdict: 'rejected', ...ungraded, reason }
    }
    case 'unavailable':
      return { ...who, verdict: 'unavailable', ...ungraded, reason: null }
  }
}

/** Codes below 20 are about the sealed file, the others about its content. */
function nameOf(code: number): string {
  if (code >= 20) return reasonName(code) ?? 'unknown'
  return Object.entries(CONTENT_REASONS).find(([, reason]) => reason.code === code)?.[0] ?? 'unknown'
}
