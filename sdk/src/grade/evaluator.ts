/** The evaluator of a challenge: the file among its data that scores instead of a metric. */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'

type Named = Pick<Manifest, 'metric' | 'datasets'>

/** The dataset that is the evaluator; undefined where the metric is one of the engine's. @throws GradeError `params_invalid` */
export async function evaluatorDataset({ metric, datasets }: Named): Promise<Manifest['datasets'][number] | undefined> {
  const { evaluatorModule } = await import('@stellartrain/oracle-grade')
  const name = evaluatorModule(metric)
  return datasets.find((dataset) => dataset.name === name)
}

/** Its bytes, held against its CID. @throws ContentError */
export async function fetchEvaluator(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  manifest: Named,
  options: AbortOptions = {},
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const dataset = await evaluatorDataset(manifest)
  return dataset && fetchContent(client, dataset.cid, dataset.bytes, options)
}
