/** Follows a graph from its inputs to its outputs without running it: which types and shapes there are, and how many steps it takes. */
import { GRAPH_LIMITS, type Graph, placesOf } from './graph.ts'
import { operatorOf } from './operators/index.ts'
import { quoted, refuse } from './refusal.ts'
import { Call, sizeOf, touching, type Value, value } from './value.ts'

/** What an operator takes beside what it computes. */
const STEPS_A_NODE = 5_000
/** What a byte of the file takes until its model can run. */
const STEPS_A_BYTE = 4

export interface Followed {
  readonly outputs: ReadonlyMap<string, Value>
  readonly steps: number
}

/** Some operators walk over all places of a value that has no elements at them. */
const STEPS_AN_EMPTY_PLACE = 4
const emptiness = (values: readonly (Value | undefined)[]): number =>
  values.reduce((all, one) => (one?.dims.includes(0) ? all + STEPS_AN_EMPTY_PLACE * placesOf(one.dims) : all), 0)

/** Throws `RefusedGraph`. Every value is looked at once, however often it is used. */
export function follow(graph: Graph, inputs: ReadonlyMap<string, Value>, bytes: number): Followed {
  const values = new Map<string, Value>(inputs)
  const add = (name: string, made: Value): void => {
    if (values.has(name)) refuse('malformed', `the value ${quoted(name)} is made twice`)
    values.set(name, made)
  }
  let steps = STEPS_A_BYTE * bytes
  for (const { name, elements, dims, values: known, longest } of graph.constants)
    add(name, value(elements, dims, { known, longest }))
  for (const input of inputs.values()) steps += touching(input)
  for (const node of graph.nodes) {
    const given = node.inputs.map((name) => {
      if (name === '') return undefined
      return values.get(name) ?? refuse('not_ordered', `${quoted(node.op)} reads ${quoted(name)}`)
    })
    const operator = operatorOf(node)
    const made = operator(new Call(node, given))
    if (node.outputs.length > made.outputs.length) refuse('malformed', `${quoted(node.op)} has too many outputs`)
    for (const [i, name] of node.outputs.entries()) {
      const output = made.outputs[i]!
      if (output.dims.length > GRAPH_LIMITS.rank)
        refuse('too_large', `a value of more than ${GRAPH_LIMITS.rank} dimensions`)
      sizeOf(output)
      if (name !== '') add(name, output)
    }
    steps += STEPS_A_NODE + made.steps + emptiness(given) + emptiness(made.outputs)
  }
  const outputs = new Map<string, Value>()
  for (const { name } of graph.outputs) {
    if (outputs.has(name)) refuse('malformed', `the output ${quoted(name)} occurs twice`)
    outputs.set(name, values.get(name) ?? refuse('not_ordered', `the output ${quoted(name)} is never made`))
  }
  return { outputs, steps }
}
