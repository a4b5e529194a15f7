/** Parameters of metrics: what each may be, checked in one place, with scikit-learn's names for what scikit-learn has. */

import { GradeError } from '../errors.ts'
import type { Metric, MetricParams } from './metric.ts'
import type { ParamSpec, ParamSpecs } from './paramspec.ts'

/** How the scores of groups become one, for every metric that does not use groups itself. */
export const GROUP_PARAMS = {
  group_average: {
    kind: 'choice',
    choices: ['none', 'worst', 'macro', 'weighted'],
    default: 'none',
    words:
      'For a truth with a column group: the worst group’s score, the mean over groups, or their mean weighted by rows (by weights, where the truth has them).',
  },
} as const satisfies ParamSpecs

/** All parameters of a metric, those of groups included. */
export const paramsOf = (metric: Metric): ParamSpecs =>
  metric.groups !== undefined ? metric.params : { ...metric.params, ...GROUP_PARAMS }

const fail = (message: string): never => {
  throw new GradeError('params_invalid', message)
}

/** Throws `params_invalid` for a parameter that the metric does not have, or a value that it cannot take. */
export function checkParams(metric: Metric, params: MetricParams): void {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) fail('Parameters are a JSON object.')
  const specs = paramsOf(metric)
  for (const [key, value] of Object.entries(params)) {
    if (!Object.hasOwn(specs, key)) {
      fail(`${metric.id} has no parameter ${key}; it has ${Object.keys(specs).join(' and ') || 'none'}.`)
    }
    const problem = problemOf(specs[key]!, value)
    if (problem) fail(`${key} ${problem}`)
  }
  for (const [key, spec] of Object.entries(specs)) {
    if (spec.kind === 'number' && spec.needed && !Object.hasOwn(params, key))
      fail(`${metric.id} needs the parameter ${key}.`)
  }
}

/** The same parameters with the defaults of those that are absent. */
export function withDefaults(metric: Metric, params: MetricParams): MetricParams {
  const defaults: Record<string, unknown> = {}
  for (const [key, spec] of Object.entries(paramsOf(metric))) {
    if ('default' in spec && spec.default !== undefined) defaults[key] = spec.default
  }
  return { ...defaults, ...params }
}

const isLabel = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))

function problemOf(spec: ParamSpec, value: unknown): string | undefined {
  switch (spec.kind) {
    case 'choice':
      return spec.choices.includes(value as string) ? undefined : `is one of ${spec.choices.join(', ')}.`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is true or false.'
    case 'label':
      return isLabel(value) ? undefined : 'is a text or a number.'
    case 'labels':
      return Array.isArray(value) && value.every(isLabel) ? undefined : 'is a list of texts or numbers.'
    case 'numbers': {
      const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, maxItems = Number.MAX_VALUE } = spec
      const fits = (x: unknown): boolean => typeof x === 'number' && x >= min && x <= max
      return Array.isArray(value) && value.length > 0 && value.length <= maxItems && value.every(fits)
        ? undefined
        : `is a list of ${spec.maxItems ? `up to ${spec.maxItems} ` : ''}numbers${rangeWords(spec)}.`
    }
    case 'number':
      return numberFits(spec, value) ? undefined : `is a ${spec.integer ? 'whole ' : ''}number${rangeWords(spec)}.`
  }
}

function numberFits(spec: Extract<ParamSpec, { kind: 'number' }>, value: unknown): boolean {
  const { min, max, above, below } = spec
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!spec.integer || Number.isSafeInteger(value)) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  )
}

/** ` of at least 1`, ` above 0 and at most 1`. */
export function rangeWords(spec: {
  readonly min?: number
  readonly max?: number
  readonly above?: number
  readonly below?: number
}): string {
  const parts = [
    spec.min !== undefined && `of at least ${spec.min}`,
    spec.above !== undefined && `above ${spec.above}`,
    spec.max !== undefined && `at most ${spec.max}`,
    spec.below !== undefined && `below ${spec.below}`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`
}
