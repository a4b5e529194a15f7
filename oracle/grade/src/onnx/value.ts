/** What is known of a value before anything runs: its type and shape, and of few integers what they are. */
import type { Elements } from './elements.ts'
import { countOf, type Node } from './graph.ts'
import { refuse } from './refusal.ts'

export interface Value {
  readonly elements: Elements
  readonly dims: readonly number[]
  readonly known?: readonly number[] | undefined
  /** Bytes of the longest text. */
  readonly longest: number
}

/** What an operator makes, and the steps that it takes. */
export interface Made {
  readonly outputs: readonly Value[]
  readonly steps: number
}

/** One operator in a graph, with what is known of its inputs. */
export class Call {
  readonly node: Node
  readonly #inputs: readonly (Value | undefined)[]

  constructor(node: Node, inputs: readonly (Value | undefined)[]) {
    this.node = node
    this.#inputs = inputs
  }

  get count(): number {
    return this.#inputs.length
  }

  has(at: number): boolean {
    return this.#inputs[at] !== undefined
  }

  input(at = 0): Value {
    return this.#inputs[at] ?? refuse('malformed', `${this.node.op} lacks an input`)
  }

  all(): Value[] {
    return this.#inputs.map((_, at) => this.input(at))
  }

  /** Integers that have to be known: sizes, axes, places. */
  known(at: number): readonly number[] {
    return this.input(at).known ?? refuse('dynamic_shape', `${this.node.op} takes sizes or axes that are computed`)
  }

  int(name: string, otherwise: number): number {
    return this.node.attributes.get(name)?.int ?? otherwise
  }

  ints(name: string): readonly number[] | undefined {
    return this.node.attributes.get(name)?.ints
  }

  /** From an input, or as older operator sets have it from an attribute. */
  intsAt(at: number, name: string): readonly number[] | undefined {
    return this.has(at) ? this.known(at) : this.ints(name)
  }

  text(name: string, otherwise: string): string {
    return this.node.attributes.get(name)?.text ?? otherwise
  }

  floats(name: string): number {
    return this.node.attributes.get(name)?.floats ?? 0
  }

  fail(what: string): never {
    return refuse('wrong_shape', `${this.node.op}: ${what}`)
  }

  axis(at: number, rank: number): number {
    const axis = at < 0 ? at + rank : at
    if (!(Number.isInteger(axis) && axis >= 0 && axis < rank)) this.fail(`there is no axis ${at} of ${rank}`)
    return axis
  }

  axes(given: readonly number[], rank: number): Set<number> {
    const axes = new Set(given.map((one) => this.axis(one, rank)))
    return axes.size === given.length ? axes : this.fail('an axis occurs twice')
  }
}

export const sizeOf = ({ dims }: Pick<Value, 'dims'>): number => countOf(dims, 'a value')

export const value = (elements: Elements, dims: readonly number[], more: Partial<Value> = {}): Value => ({
  ...{ elements, dims, longest: 0 },
  ...more,
})

/** The same type and longest text in another shape. */
export const like = ({ elements, longest }: Value, dims: readonly number[], known?: readonly number[]): Value => ({
  ...{ elements, dims, longest },
  ...(known && { known }),
})

/** Steps of touching so many elements once: each text is a piece of memory of its own, and takes one more for each eight bytes. */
export const touching = (one: Value, count = sizeOf(one)): number =>
  count * (one.elements === 'string' ? 10 + Math.ceil(one.longest / 8) : 1)

/** Pairs that are one step. */
const PAIRS_A_STEP = 16

/** Steps of what looks at each of so many things for each of them, as a table does where all have the same place in it. */
export const pairs = (count: number): number => Math.ceil(count ** 2 / PAIRS_A_STEP)

/** As arrays are stretched over each other in NumPy. */
export function broadcast(call: Call, shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((dims) => dims.length))
  return Array.from({ length: rank }, (_, at) => {
    const sizes = shapes.map((dims) => dims[at - rank + dims.length] ?? 1)
    const size = sizes.find((one) => one !== 1) ?? 1
    return sizes.every((one) => one === 1 || one === size)
      ? size
      : call.fail(`shapes ${shapes.map(shown).join(' and ')}`)
  })
}

export const shown = (dims: readonly number[]): string => `[${dims.join(', ')}]`

export const product = (dims: readonly number[]): number => dims.reduce((all, one) => all * one, 1)
