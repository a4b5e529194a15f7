/** How paths and challenges look in a terminal. */
import { toDecimal } from '@stellartrain/contracts-client/units'
import type { SubmissionOverview, SubmissionStep } from '../submission-status.ts'

const MARKS: Readonly<Record<SubmissionStep['state'], string>> = {
  done: '✓',
  active: '…',
  todo: '·',
  failed: '✗',
  skipped: '–',
}

export function showSubmission(path: SubmissionOverview): string {
  const head = `Submission ${path.number} of challenge ${path.challenge}, attempt ${path.attempt} by ${path.solver}\n`
  return head + path.steps.map(showStep).join('')
}

export function showStep(step: SubmissionStep): string {
  const proofs = step.proofs.map((proof) => `      ${proof.kind} ${proof.value}\n`).join('')
  const when = step.at ? `  ${step.at}` : ''
  const sentence = step.sentence ? `      ${step.sentence}\n` : ''
  return `  ${MARKS[step.state]} ${step.label}${when}\n${sentence}${proofs}`
}

export function money(amount: bigint, asset: { code: string; decimals: number }): string {
  return `${toDecimal(amount, asset.decimals)} ${asset.code}`
}

export function time(seconds: bigint | number): string {
  return new Date(Number(seconds) * 1_000).toISOString()
}
