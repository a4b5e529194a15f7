/** Checks a chosen file against a challenge before anything is spent; the engine and the ids load when a file is there. */

import { csvRows } from '@stellartrain/oracle-grade/csv'
import { evaluatorOf } from '../content/evaluator.ts'
import type { Manifest } from '../content/manifest.ts'
import { keptWorker } from '../workers/kept-worker.ts'
import type { CheckAnswer, CheckRequest, Evaluated, FileCheck } from './precheck.worker.ts'

export type { Evaluated, FileCheck }

export class PrecheckError extends Error {
  readonly code = 'precheck_failed'
  readonly retryable = true
}

const worker = keptWorker(() => new Worker(new URL('./precheck.worker.ts', import.meta.url), { type: 'module' }))

/** One check in a worker, which is ended with `signal`; with the challenge's evaluator, where one scores. */
export async function checkFile(
  manifest: Manifest,
  bytes: Uint8Array<ArrayBuffer>,
  ids: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<FileCheck> {
  const [evaluator, sample] = await Promise.all([moduleOf(manifest), sampleOf(manifest)])
  signal?.throwIfAborted()
  return worker(
    (one) =>
      new Promise<FileCheck>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        one.onmessage = ({ data }: MessageEvent<CheckAnswer>) =>
          'check' in data ? resolve(data.check) : reject(new PrecheckError(data.failure))
        one.onerror = (event) => reject(new PrecheckError(event.message || 'The check could not be started.'))
        const request: CheckRequest = {
          manifest: JSON.parse(JSON.stringify({ submission: manifest.submission, metric: manifest.metric })),
          bytes,
          ids,
          evaluator,
          sample,
        }
        one.postMessage(request)
      }),
  )
}

/** Held against its CID. A module that cannot be read now holds no file up: the oracles have it. */
async function moduleOf(manifest: Manifest): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const dataset = evaluatorOf(manifest)
  if (!dataset) return undefined
  const { readDataset } = await import('../content/dataset.ts')
  return readDataset(dataset).catch(() => undefined)
}

/** Of a challenge that takes models: published rows with what models get. Without any a model is looked at, but not run. */
async function sampleOf(manifest: Manifest): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { model, idColumn } = manifest.submission
  if (!model) return undefined
  const { readDataset } = await import('../content/dataset.ts')
  const wanted = [idColumn, ...model.inputs.map(({ name }) => name)]
  for (const dataset of manifest.datasets.filter(({ mediaType }) => mediaType === 'text/csv')) {
    const bytes = await readDataset(dataset).catch(() => undefined)
    const [header = []] = (bytes && csvRows(bytes)) ?? []
    if (wanted.every((name) => header.includes(name))) return bytes
  }
  return undefined
}

/** The published ids of a challenge, from its sample submission or its test file; undefined where there are none. */
export async function publishedIds(manifest: Manifest): Promise<string[] | undefined> {
  const { idColumn, rows } = manifest.submission
  const candidates = ['sample_submission', 'test'].flatMap((role) =>
    manifest.datasets.filter((one) => one.role === role && one.mediaType === 'text/csv'),
  )
  const { readDataset } = await import('../content/dataset.ts')
  for (const dataset of candidates) {
    try {
      const [header, ...records] = csvRows(await readDataset(dataset)) ?? []
      const at = header?.indexOf(idColumn) ?? -1
      if (at >= 0 && records.length === rows) return records.map((record) => record[at] ?? '')
    } catch {
      // Without the ids the check is by the number of rows alone, and says so.
    }
  }
  return undefined
}
