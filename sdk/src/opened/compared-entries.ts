/** The opened submissions of a challenge for a comparison: each the file that was scored, as many as a comparison takes. */
import type { ComparedEntry, PreparedTruth, Task } from '@stellartrain/oracle-grade'
import { readContext } from '../challenge/context.ts'
import { fetchEvaluator } from '../grade/evaluator.ts'
import { openedTruth } from '../grade/grade-files.ts'
import { gradingTask } from '../grade/task.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { listFiles, type OpenedFile } from './challenge-files.ts'

export type Compared = {
  /** The lowest numbers first. */
  entries: ComparedEntry[]
  /** How many submissions are opened, scored or not. */
  opened: number
  /** Scored ones that were not fetched, because a comparison takes no more files or bytes. */
  leftOut: { files: number; bytes: number }
  solverOf(number: number): string
}

export type Comparison = {
  task: Task
  truth: PreparedTruth
  /** @param room bytes that all files together may have */
  fetchEntries(room: number): Promise<Compared>
}

/** @throws UserError `not_found` before the truth is open, `rule_not_supported` where batches of labels are paid */
export async function openComparison(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions,
): Promise<Comparison> {
  const context = await readContext(client, challenge, options)
  const { manifest } = context
  if (manifest.labeling || !manifest.truth)
    throw new UserError('rule_not_supported', 'Batches of labels are about different items, and are not compared.')
  const { csv, salt } = await openedTruth(client, context, options)
  const { hashSubmission, MOST_COMPARED, prepareTruth } = await import('@stellartrain/oracle-grade')
  const task = await gradingTask(manifest, await fetchEvaluator(client, manifest, options))
  const truth = prepareTruth(csv, task.truthShape(csv))
  /** The file that was scored, whoever opened others under its number. Its hash is computed without running what it may be. */
  const scoredCopy = async ({ copies, contentHash }: OpenedFile): Promise<Uint8Array | undefined> => {
    for (const { cid, bytes } of copies) {
      const content = await fetchContent(client, cid, bytes, options).catch(() => undefined)
      if (content && hashSubmission(content, task.shape, salt) === contentHash) return content
    }
    return undefined
  }
  return {
    ...{ task, truth },
    async fetchEntries(room) {
      const { files } = await listFiles(client, challenge, options)
      const opened = files.flatMap((file) => (file.submission ? [{ ...file.submission, bytes: file.bytes }] : []))
      const scored = opened.filter(({ contentHash }) => contentHash !== null)
      const entries: ComparedEntry[] = []
      let [at, left] = [0, room]
      for (; at < scored.length && entries.length < MOST_COMPARED.files; at++) {
        const file = scored[at]!
        left -= file.bytes
        if (left < 0) break
        const submission = await scoredCopy(file)
        if (submission) entries.push({ number: file.number, solver: file.solver, submission })
      }
      const rest = scored.length - at
      return {
        ...{ entries, opened: opened.length },
        leftOut: left < 0 ? { files: 0, bytes: rest } : { files: rest, bytes: 0 },
        solverOf: (number) => entries.find((one) => one.number === number)?.solver ?? '',
      }
    },
  }
}
