/** Why a file is no ONNX model that is run here: a typed reason, which its author reads before anything is submitted. */

export const GRAPH_REFUSALS = {
  malformed: 'is not a valid ONNX file',
  too_large: 'is beyond a limit',
  wrong_version: 'has a version that is not run here',
  external_data: 'keeps data in other files',
  has_functions: 'brings functions or training of its own',
  subgraph: 'has a graph inside an operator, as Loop, If and Scan have',
  custom_domain: 'uses operators of another domain than ai.onnx and ai.onnx.ml',
  random: 'uses an operator that draws random numbers',
  unknown_operator: 'uses an operator that is not run here',
  wrong_type: 'has a type that is not run here',
  not_ordered: 'reads a value before it is made',
  dynamic_shape: 'has a shape that cannot be known before it runs',
  wrong_shape: 'has shapes that do not fit together',
  wrong_interface: 'does not have the inputs and outputs that this challenge asks for',
} as const

export type GraphRefusal = keyof typeof GRAPH_REFUSALS

export class RefusedGraph extends Error {
  readonly refusal: GraphRefusal

  constructor(refusal: GraphRefusal, detail: string) {
    super(`The model ${GRAPH_REFUSALS[refusal]}: ${detail}.`)
    this.refusal = refusal
  }
}

export function refuse(code: GraphRefusal, detail: string): never {
  throw new RefusedGraph(code, detail)
}

/** A name out of a file, short enough to be read. */
export const quoted = (name: string): string => `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`
