/** How submissions and amounts look in a terminal. */
import { toDecimal } from '@stellartrain/contracts-client/units'
import type { StoryStep } from '../story/index.ts'
import type { SubmissionOverview } from '../submit/submission-status.ts'
import { isoTime } from '../system/iso-time.ts'

const MARKS: Readonly<Record<StoryStep['state'], string>> = {
  done: '✓',
  active: '…',
  todo: '·',
  failed: '✗',
  skipped: '–',
}

export function showSubmission(submission: SubmissionOverview): string {
  const { number, challenge, attempt, solver, story } = submission
  const steps = story.steps.map(showStep).join('')
  return `Submission ${number} of challenge ${challenge}, attempt ${attempt} by ${solver}\n${steps}  ${story.sentence}\n`
}

function showStep(step: StoryStep): string {
  const proofs = step.proofs.map((proof) => `      ${proof.kind} ${proof.value}\n`).join('')
  const when = step.at === null ? '' : `  ${isoTime(step.at)}`
  return `  ${MARKS[step.state]} ${step.label}${when}\n${proofs}`
}

export function money(amount: bigint, asset: { code: string; decimals: number }): string {
  return `${toDecimal(amount, asset.decimals)} ${asset.code}`
}

export { isoTime as time }

/** `12 B`, `3.4 kB`, `5.6 MB` */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  const [unit, divisor] = bytes < 1_000_000 ? ['kB', 1_000] : bytes < 1_000_000_000 ? ['MB', 1e6] : ['GB', 1e9]
  return `${(bytes / (divisor as number)).toFixed(1)} ${unit}`
}
