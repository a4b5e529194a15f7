/** The path of a submission the ledger knows, kept current by the clock and the live refresh. */
import { createMemo, type JSX } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { ChallengeSummary, Submission } from '../../lib/read/types.ts'
import { type Draft, pathOfStory } from '../../lib/words/path.ts'
import { storyOf, type Told } from '../../lib/words/tell.ts'
import { handedOut } from '../../lib/write/drafts.ts'
import { Path } from './path.tsx'
import { PathRow } from './path-row.tsx'

const ROW_MS = 10_000

export function SubmissionPath(props: {
  submission: Submission
  challenge: ChallengeSummary
  compact?: boolean
  /** What the oracles' reports say of a rejection, where they were read. */
  told?: Told | undefined
  /** What this browser still does for it. */
  draft?: Draft | null
}): JSX.Element {
  const now = createNow()
  // Long lists of rows change by the minute, not by the second.
  const at = createMemo(() => (props.compact ? Math.floor(now() / ROW_MS) * ROW_MS : now()))
  const story = createMemo(() => storyOf(props.challenge, props.submission, at(), props.told))
  // Only who handed it out knows so before an oracle has graded it.
  // As text, so that a row that was read anew does not ask again, and the step does not blink.
  const here = createTask(
    () => {
      const { challenge, solver, attempt } = props.submission
      return !props.compact && (!props.draft || props.draft.stage === 'landed') && `${challenge} ${solver} ${attempt}`
    },
    (asked) => {
      const [challenge, solver = '', attempt] = asked.split(' ')
      return handedOut({ challenge: Number(challenge), solver, attempt: Number(attempt) })
    },
  )
  const own = (): Draft | null => {
    const known = here.value()
    if (!known || (props.draft && props.draft.stage !== 'landed')) return props.draft ?? null
    const oraclesTook = { took: known.oracles, of: props.challenge.oracles.length }
    return { stage: 'landed', nodeOnly: known.nodeOnly, oraclesTook }
  }
  return props.compact ? <PathRow story={story()} /> : <Path steps={pathOfStory(story(), own())} />
}
