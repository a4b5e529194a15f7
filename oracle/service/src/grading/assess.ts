/** One submission from its CID to the vote on it: fetch, open, grade, compare with its commitment. */

import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Keyring } from '../challenge-files/keyring.ts'
import { type OpenDeps, type OpenedEntry, openEntry } from '../challenge-files/open-submission.ts'
import { type Graded, rejected, scored } from './graded.ts'
import type { Grader } from './grader.ts'
import type { Outcome } from './jobs.ts'
import type { PrivateScores } from './private-scores.ts'
import type { QueueItem } from './queue.ts'

export type GradeDeps = OpenDeps & Readonly<{ inputsCache: InputsCache; keyring: Keyring; grader: Grader }>
export type AssessDeps = GradeDeps & Readonly<{ privateScores: PrivateScores }>

/**
 * What grading says of a submission: a score or a rejection. Neither depends on this machine.
 * @throws ContentError, OracleError, ChainFailure when it could not be determined now: try again.
 */
export async function assess(item: QueueItem, challenge: Challenge, deps: AssessDeps): Promise<Graded> {
  const onFetched = () => {
    item.stage = 'grading'
  }
  const { outcome } = await gradeEntry(item.entry, challenge, deps, onFetched)
  if ('rejected' in outcome) return rejected(outcome.rejected)
  const { score, contentHash, rows, units, privateScore } = outcome
  if (privateScore !== undefined)
    deps.privateScores.note(challenge.id, item.entry.number, { score: privateScore, contentHash })
  return scored(score, contentHash, rows, units)
}

export type GradedEntry = Readonly<{ outcome: Outcome; opened: OpenedEntry | undefined; inputs: GradingInputs }>

/** The same for whoever needs more than the vote. `opened` is undefined for a file that could not be opened by anybody. */
export async function gradeEntry(
  entry: Entry,
  challenge: Challenge,
  deps: GradeDeps,
  onFetched: () => void = () => {},
): Promise<GradedEntry> {
  const [inputs, key] = await Promise.all([deps.inputsCache.get(requestOf(challenge)), deps.keyring.get(challenge)])
  const { maxBytes } = inputs.manifest.submission
  const opened = await openEntry(entry, { challenge, maxBytes, key, onFetched }, deps)
  if ('reason' in opened) return { outcome: sealedWrong(opened.reason), opened: undefined, inputs }
  const outcome = await deps.grader.grade(entry, inputs, opened.csv)
  const mismatch = 'rejected' in outcome ? undefined : await opened.mismatch(outcome.formHash)
  return { outcome: mismatch === undefined ? outcome : sealedWrong(mismatch), opened, inputs }
}

const sealedWrong = (rejected: number): Outcome => ({ rejected, message: 'The sealed file is not what it should be.' })
