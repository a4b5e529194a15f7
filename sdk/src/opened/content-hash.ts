/** The content hash of an opened submission, as the oracles compute it with the truth and, for a batch of labels, with the items. */
import type { Terms } from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { OpenedSlot } from '../challenge/openings.ts'
import { rulesOf } from '../grade/answer-rules.ts'
import { fetchEvaluator } from '../grade/evaluator.ts'
import { gradingTask } from '../grade/task.ts'
import { readItems, unitTerms } from '../labeling/batch.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'

type Entry = { solver: string; attempt: number; units: number }

/** Hexadecimal; undefined for a file that could not have been scored. @throws ContentError when the items cannot be fetched */
export type ContentHasher = (csv: Uint8Array, of: Entry) => Promise<string | undefined>

/** Reads truth and items once, however many files follow. */
export function contentHasher(
  client: StellarTrain,
  challenge: { id: number; terms: Terms; manifest: Manifest },
  truth: Pick<OpenedSlot, 'csv' | 'salt'>,
  options: AbortOptions,
): ContentHasher {
  const { id, terms, manifest } = challenge
  const { salt } = truth
  const prepare = async () => {
    const engine = await import('@stellartrain/oracle-grade')
    const task = await gradingTask(manifest, await fetchEvaluator(client, manifest, options))
    const prepared = engine.prepareTruth(truth.csv, task.truthShape(truth.csv))
    const labeling = manifest.labeling
    const answers = rulesOf(engine, manifest)
    const items = labeling && engine.itemIds(await readItems(client, manifest, options), task.shape.idColumn)
    return (submission: Uint8Array, { solver, attempt, units }: Entry) => {
      const { metric, evaluator, params, shape } = task
      if (!items) {
        const part = terms.payout.tag === 'Ranked' ? 'public' : 'all'
        return engine.grade({ metric, evaluator, params, truth: prepared, submission, shape, salt, part })
      }
      // Whoever leased it: its ids are its own, and the hash is over them.
      const leased = labeling.overlap === undefined ? {} : { ids: engine.ownIds(submission, shape) }
      return engine.gradeBatch({
        ...leased,
        ...{ gold: prepared, items, size: unitTerms(terms)?.size ?? 0, minAccuracy: labeling.minAccuracy, shape, salt },
        ...{ batch: { challenge: id, labeler: solver, attempt }, units, submission, answers },
      })
    }
  }
  let ready: ReturnType<typeof prepare> | undefined
  return async (csv, of) => {
    ready ??= prepare()
    const result = (await ready)(csv, of)
    return 'contentHash' in result ? result.contentHash : undefined
  }
}
