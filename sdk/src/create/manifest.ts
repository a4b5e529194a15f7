/** The manifest of a planned challenge: data described by CID and hash, metric by version, truth by CID. */
import { computeCid } from '@stellartrain/ipfs-content/import'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { sha256Hex } from '../system/digest.ts'
import { UserError } from '../system/problems.ts'
import type { ChallengePlan, PlannedDataset } from './plan.ts'

export type DescribedDataset = {
  entry: Manifest['datasets'][number]
  file: { name: string; cid: string; bytes: Uint8Array<ArrayBuffer> }
}

export async function metricOf(plan: ChallengePlan): Promise<Manifest['metric']> {
  const { EVALUATOR, evaluatorVersion, getMetric } = await import('@stellartrain/oracle-grade')
  const { id, params = {} } = plan.metric
  const { version } = id === EVALUATOR ? { version: evaluatorVersion(params) } : getMetric(id)
  return { id, params, version }
}

/** A ranking can be recomputed only from all of its entrants; a bounty's winners stand by themselves. */
export function publishedBy({ publishes, payout }: Pick<ChallengePlan, 'publishes' | 'payout'>): Manifest['opens'] {
  return publishes ?? { truth: true, submissions: payout?.rule === 'ranked' ? 'all' : 'winning' }
}

/** @throws UserError `bad_input` for a name that is not among the data. */
export function datasetBytes(plan: ChallengePlan, name: string | undefined): Uint8Array | undefined {
  if (name === undefined) return undefined
  const dataset = plan.datasets.find((one) => one.name === name)
  if (!dataset) throw new UserError('bad_input', `The plan names the file ${name}, which is not among its datasets.`)
  return dataset.bytes
}

/**
 * @param before the version before, where the plan names one. The same bytes are no new version.
 * @throws UserError `bad_input` where the plan also says which version it is
 */
export async function describeDataset(
  dataset: PlannedDataset,
  before?: Manifest['datasets'][number],
): Promise<DescribedDataset> {
  const bytes = new Uint8Array(dataset.bytes)
  const cid = await computeCid(bytes)
  if (before !== undefined) {
    if (dataset.version !== undefined || dataset.previous !== undefined)
      throw new UserError(
        'bad_input',
        `${dataset.name} is a new version of ${before.name}: leave out version and previous.`,
      )
    const next = before.cid === cid ? before : { version: before.version + 1, previous: before.cid }
    const { mediaType, columns } = before
    const { version, previous } = next
    return describeDataset({ mediaType, ...(columns && { columns }), ...dataset, version, previous })
  }
  const entry: Manifest['datasets'][number] = {
    name: dataset.name,
    role: dataset.role,
    cid,
    sha256: await sha256Hex(bytes),
    bytes: bytes.length,
    version: dataset.version ?? 1,
    previous: dataset.previous ?? null,
    mediaType: dataset.mediaType ?? mediaTypeOfName(dataset.name),
    ...(dataset.columns ? { columns: dataset.columns } : {}),
  }
  return { entry, file: { name: dataset.name, cid, bytes } }
}

/** Of data that says nothing else: programs by their ends, all else are tables. */
const mediaTypeOfName = (name: string): string => {
  if (name.endsWith('.wasm')) return 'application/wasm'
  if (name.endsWith('.onnx')) return 'application/x-onnx'
  return name.endsWith('.py') ? 'text/x-python' : 'text/csv'
}

/** @throws UserError `bad_input` without any baseline score. */
export function manifestOf(
  plan: ChallengePlan,
  parts: Pick<Manifest, 'metric' | 'datasets'> &
    Partial<Pick<Manifest, 'truth'>> & { baselineScore: number | undefined },
): Manifest {
  if (parts.baselineScore === undefined) {
    throw new UserError('bad_input', 'The baseline needs a score, or a published file from which it is computed.')
  }
  return {
    format: 'stellartrain/manifest',
    version: 1,
    kind: plan.payout?.rule === 'per_unit' || plan.payout?.rule === 'earnings' ? 'labeling' : 'competition',
    title: plan.title,
    summary: plan.summary,
    description: plan.description,
    license: plan.license,
    tags: plan.tags ?? [],
    datasets: parts.datasets,
    // A full batch is as long as a submission can be.
    submission: plan.payout?.rule === 'per_unit' ? { ...plan.submission, rows: plan.payout.maxUnits } : plan.submission,
    metric: parts.metric,
    baseline: {
      description: plan.baseline.description,
      score: parts.baselineScore,
      ...(plan.baseline.dataset === undefined ? {} : { dataset: plan.baseline.dataset }),
    },
    ...(parts.truth && { truth: parts.truth }),
    ...(plan.labeling && { labeling: plan.labeling }),
    opens: publishedBy(plan),
  }
}
