/** The evaluator of a challenge, as its pages show it: the dataset that scores in the place of a metric. */
import type { Manifest } from './manifest.ts'

export type Evaluator = Manifest['datasets'][number]

/** Undefined where the metric is one of the engine's. */
export function evaluatorOf({ metric, datasets }: Pick<Manifest, 'metric' | 'datasets'>): Evaluator | undefined {
  return metric.id === 'evaluator' ? datasets.find(({ name }) => name === metric.params.module) : undefined
}

/** Whom it makes you trust, and whom not. */
export const EVALUATOR_TRUST =
  'The maker wrote the program that scores. It cannot be changed now, it is the same for everyone, and each score can be computed again with it; what it calls good is the maker’s word. Read it, or run it on your file, before you take part.'
