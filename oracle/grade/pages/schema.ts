/** JSON Schema of a manifest's `metric`: each id with the parameters that it takes. */

import { METRICS } from '../src/metrics/index.ts'
import type { Metric } from '../src/metrics/metric.ts'
import { paramsOf } from '../src/metrics/params.ts'
import type { ParamSpec } from '../src/metrics/paramspec.ts'
import { PROGRAM_LIMITS } from '../src/program/limits.ts'
import { EVALUATOR, EVALUATOR_VERSION, LANGUAGES, PROGRAM_TYPES } from '../src/program/params.ts'

export function renderSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A metric and its parameters, as a manifest names them',
    oneOf: [...METRICS.map(ofMetric), EVALUATOR_SCHEMA],
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

const { fuel, maxFuel, memoryMib, maxMemoryMib, pythonFuel, pythonMib, leastPythonMib } = PROGRAM_LIMITS

/** The metric that a maker brings: docs/evaluators.md. */
const EVALUATOR_SCHEMA = {
  title: 'Evaluator',
  description:
    'The score is what a file among the datasets, a WebAssembly module or Python, makes of truth and submission.',
  type: 'object',
  properties: {
    id: { const: EVALUATOR },
    version: { const: EVALUATOR_VERSION },
    params: {
      type: 'object',
      properties: {
        module: { description: 'The name of the dataset that is the evaluator.', type: 'string', minLength: 1 },
        language: { description: 'What it is written in.', default: LANGUAGES[0], enum: LANGUAGES },
        direction: { description: 'Whether more is better.', enum: ['maximize', 'minimize'] },
        truth_columns: {
          description: 'Columns of the truth beside those of a submission, as name:type.',
          type: 'array',
          items: { type: 'string', pattern: `^.+:(${Object.keys(PROGRAM_TYPES).join('|')})$` },
        },
        fuel: {
          description: `The most steps of one scoring; in Python ${pythonFuel} unless given.`,
          default: fuel,
          ...whole(maxFuel),
        },
        memory_mib: {
          description: `The most memory in MiB; in Python at least ${leastPythonMib}, and ${pythonMib} unless given.`,
          default: memoryMib,
          ...whole(maxMemoryMib),
        },
      },
      required: ['module', 'direction'],
      additionalProperties: false,
    },
  },
  required: ['id', 'params', 'version'],
  additionalProperties: false,
}

function whole(most: number): object {
  return { type: 'integer', minimum: 1, maximum: most }
}

function ofMetric(metric: Metric): object {
  const params = Object.entries(paramsOf(metric))
  const needed = params.filter(([, spec]) => spec.kind === 'number' && spec.needed).map(([name]) => name)
  return {
    title: metric.title,
    description: metric.words,
    type: 'object',
    properties: {
      id: { const: metric.id },
      version: { const: metric.version },
      params: {
        type: 'object',
        properties: Object.fromEntries(params.map(([name, spec]) => [name, ofParam(spec)])),
        ...(needed.length > 0 && { required: needed }),
        additionalProperties: false,
      },
    },
    required: ['id', 'params', 'version'],
    additionalProperties: false,
  }
}

const LABEL = { type: ['string', 'number'] }

function ofParam(spec: ParamSpec): object {
  const described = {
    description: spec.words,
    ...('default' in spec && spec.default !== undefined && { default: spec.default }),
  }
  switch (spec.kind) {
    case 'choice':
      return { ...described, enum: spec.choices }
    case 'boolean':
      return { ...described, type: 'boolean' }
    case 'label':
      return { ...described, ...LABEL }
    case 'labels':
      return { ...described, type: 'array', items: LABEL }
    case 'numbers':
      return { ...described, type: 'array', minItems: 1, ...most(spec), items: { type: 'number', ...bounds(spec) } }
    case 'number':
      return { ...described, type: spec.integer ? 'integer' : 'number', ...bounds(spec) }
  }
}

const most = ({ maxItems }: { maxItems?: number }) => (maxItems === undefined ? {} : { maxItems })

const bounds = (spec: { min?: number; max?: number; above?: number; below?: number }) => ({
  ...(spec.min !== undefined && { minimum: spec.min }),
  ...(spec.max !== undefined && { maximum: spec.max }),
  ...(spec.above !== undefined && { exclusiveMinimum: spec.above }),
  ...(spec.below !== undefined && { exclusiveMaximum: spec.below }),
})
