/** The path of a submission the ledger knows, kept current by the clock and the live refresh. */
import type { JSX } from 'solid-js'
import { createNow } from '../../lib/clock.ts'
import { pathOf } from '../../lib/path.ts'
import { rulesOf } from '../../lib/rules.ts'
import type { ChallengeSummary, Submission } from '../../lib/types.ts'
import { Path } from './path.tsx'
import { PathRow } from './path-row.tsx'

export function SubmissionPath(props: {
  submission: Submission
  challenge: ChallengeSummary
  compact?: boolean
}): JSX.Element {
  const now = createNow()
  const steps = () => pathOf(props.submission, rulesOf(props.challenge), now())
  return props.compact ? <PathRow steps={steps()} /> : <Path steps={steps()} />
}
