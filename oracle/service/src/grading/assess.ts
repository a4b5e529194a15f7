/** One submission from its CID to the vote on it: fetch, open, grade, compare with its commitment. */

import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Keyring } from '../challenge-files/keyring.ts'
import type { SealedSubmission } from '../challenge-files/sealed.ts'
import { type UnlockDeps, unlockEntry } from '../challenge-files/unlock-submission.ts'
import { type Graded, rejected, scored } from './graded.ts'
import type { Grader } from './grader.ts'
import type { About, Outcome } from './jobs.ts'
import type { PrivateScores } from './private-scores.ts'
import type { QueueItem } from './queue.ts'

export type GradeDeps = UnlockDeps & Readonly<{ inputsCache: InputsCache; keyring: Keyring; grader: Grader }>
export type AssessDeps = GradeDeps &
  Readonly<{
    privateScores: PrivateScores
    /** Told what a batch is about that needed a lease. */
    opened(challenge: Challenge, entry: Entry, about: About): void
  }>

/**
 * What grading says of a submission: a score or a rejection. Neither depends on this machine.
 * @throws ContentError, OracleError, ChainFailure when it could not be determined now: try again.
 */
export async function assess(item: QueueItem, challenge: Challenge, deps: AssessDeps): Promise<Graded> {
  const onFetched = () => {
    item.stage = 'grading'
  }
  const { outcome } = await gradeEntry(item.entry, challenge, deps, onFetched)
  if (outcome.about !== undefined) deps.opened(challenge, item.entry, outcome.about)
  if ('rejected' in outcome) return rejected(outcome.rejected, outcome.says)
  const { score, contentHash, rows, units, privateScore } = outcome
  if (privateScore !== undefined)
    deps.privateScores.note(challenge.id, item.entry.number, { score: privateScore, contentHash })
  return scored(score, contentHash, rows, units)
}

export type GradedEntry = Readonly<{ outcome: Outcome; file: SealedSubmission | undefined; inputs: GradingInputs }>

/** The same for whoever needs more than the vote. `file` is undefined where nobody can open it. */
export async function gradeEntry(
  entry: Entry,
  challenge: Challenge,
  deps: GradeDeps,
  onFetched: () => void = () => {},
): Promise<GradedEntry> {
  const [inputs, key] = await Promise.all([deps.inputsCache.get(requestOf(challenge)), deps.keyring.get(challenge)])
  const { maxBytes, formats } = inputs.manifest.submission
  const file = await unlockEntry(entry, { challenge, maxBytes, formats, key, onFetched }, deps)
  if ('reason' in file) return { outcome: sealedWrong(file.reason), file: undefined, inputs }
  return { outcome: await deps.grader.grade(entry, inputs, file), file, inputs }
}

const sealedWrong = (rejected: number): Outcome => ({ rejected, message: 'The sealed file is not what it should be.' })
