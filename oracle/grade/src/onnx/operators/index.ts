/** The operators that are run: those whose costs are known before they run, and which compute the same wherever they do. */

import type { Node } from '../graph.ts'
import { type GraphRefusal, quoted, refuse } from '../refusal.ts'
import { CLASSIC } from './classic.ts'
import { ELEMENTWISE } from './elementwise.ts'
import { NEURAL } from './neural.ts'
import type { Operator } from './operator.ts'
import { REDUCTIONS } from './reductions.ts'
import { SHAPES } from './shapes.ts'

export const OPERATORS: Readonly<Record<string, Readonly<Record<string, Operator>>>> = {
  '': { ...ELEMENTWISE, ...SHAPES, ...REDUCTIONS, ...NEURAL },
  'ai.onnx.ml': CLASSIC,
}

/** Those that are asked for most, by why they are not run. */
const REASONS: Readonly<Record<string, GraphRefusal>> = {
  ...Object.fromEntries(['Loop', 'If', 'Scan', 'SequenceMap'].map((op) => [op, 'subgraph' as const])),
  ...Object.fromEntries(
    ['RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike', 'Multinomial', 'Bernoulli'].map((op) => [
      op,
      'random' as const,
    ]),
  ),
  ...Object.fromEntries(['ZipMap', 'CastMap', 'DictVectorizer'].map((op) => [op, 'wrong_type' as const])),
}

/** Throws `RefusedGraph`. */
export function operatorOf({ op, domain }: Node): Operator {
  if (!Object.hasOwn(OPERATORS, domain)) return refuse('custom_domain', quoted(domain))
  const found = OPERATORS[domain]!
  if (Object.hasOwn(found, op)) return found[op]!
  return refuse(Object.hasOwn(REASONS, op) ? REASONS[op]! : 'unknown_operator', quoted(op))
}
