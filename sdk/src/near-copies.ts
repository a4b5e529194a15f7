/** Which opened submissions of different solvers resemble each other more than honest work does, computed again from public data. */
import type { ComparedEntry, NearCopies, NearCopy } from '@stellartrain/oracle-grade'
import { type ChallengeFile, listFiles } from './challenge-files.ts'
import type { StellarTrain } from './client.ts'
import { fetchContent } from './content.ts'
import { readContext } from './context.ts'
import { fetchEvaluator } from './evaluator.ts'
import { openedTruth } from './grade-files.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'
import { gradingTask } from './task.ts'

export type FoundCopies = {
  /** Opened submissions that were compared, and how many are opened. */
  compared: number
  opened: number
  /** Not compared, because there are too many files, or because running one more model could take more steps than all of them may. */
  leftOut: NearCopies['leftOut']
  pairs: (NearCopy & { solvers: readonly [string, string] })[]
}

/** Files of so many bytes are compared, the lowest numbers first. */
const MOST_BYTES = 256 * 1024 * 1024

/** @throws UserError `not_found` before the truth is open, `rule_not_supported` where batches of labels are paid */
export async function findNearCopies(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions = {},
): Promise<FoundCopies> {
  const context = await readContext(client, challenge, options)
  const { manifest } = context
  if (manifest.labeling || !manifest.truth)
    throw new UserError('rule_not_supported', 'Batches of labels are about different items, and are not compared.')
  const truth = await openedTruth(client, context, options)
  const { nearCopies, prepareTruth } = await import('@stellartrain/oracle-grade')
  const task = await gradingTask(manifest, await fetchEvaluator(client, manifest, options))
  const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
  const { files, hash } = await listFiles(client, challenge, options)
  const submissions = files.filter(({ kind }) => kind === 'submission')
  const entries: ComparedEntry[] = []
  let room = MOST_BYTES
  for (const file of submissions) {
    room -= file.bytes
    if (room < 0) break
    const content = await rightCopy(client, file, hash, options)
    if (content && file.submission)
      entries.push({ number: file.submission.number, solver: file.submission.solver, submission: content })
  }
  const { compared, leftOut, pairs } = nearCopies(task, prepared, entries)
  const solverOf = (number: number): string => entries.find((one) => one.number === number)?.solver ?? ''
  const named = ({ numbers: [one, other], ...pair }: NearCopy) => ({
    ...pair,
    ...{ numbers: [one, other] as const, solvers: [solverOf(one), solverOf(other)] as const },
  })
  return { compared, opened: submissions.length, leftOut, pairs: pairs.map(named) }
}

/** The file that was scored, whoever opened others under its number. */
async function rightCopy(
  client: StellarTrain,
  { submission }: ChallengeFile,
  hash: Awaited<ReturnType<typeof listFiles>>['hash'],
  options: AbortOptions,
): Promise<Uint8Array | undefined> {
  for (const { cid, bytes } of submission?.copies ?? []) {
    const content = await fetchContent(client, cid, bytes, options).catch(() => undefined)
    if (content && submission && hash && (await hash(content, submission)) === submission.contentHash) return content
  }
  return undefined
}
