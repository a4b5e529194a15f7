/** Writes ONNX files for tests, good and broken ones: protobuf by hand, as the walk reads it. */
import { ELEMENTS, type Elements } from './elements.ts'

const bytesOf = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? new TextEncoder().encode(value) : value

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function varint(value: number | bigint): Uint8Array {
  let left = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0))
    left >>= 7n
  } while (left > 0n)
  return Uint8Array.from(bytes)
}

export const int = (field: number, value: number | bigint): Uint8Array => joined([varint(field << 3), varint(value)])
export const text = (field: number, value: string | Uint8Array): Uint8Array =>
  joined([varint((field << 3) | 2), varint(bytesOf(value).length), bytesOf(value)])
export const message = (field: number, ...parts: Uint8Array[]): Uint8Array => text(field, joined(parts))
export const float = (field: number, value: number): Uint8Array =>
  joined([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)])

export type Values = readonly (number | string)[]
export type Attributes = Readonly<
  Record<string, number | string | Values | { float: number } | { floats: number[] } | Uint8Array>
>

/** A tensor's message without its field. */
export function tensor(name: string, elements: Elements, dims: readonly number[], values: Values): Uint8Array {
  const head = [...dims.map((size) => int(1, size)), int(2, ELEMENTS[elements].code), text(8, name)]
  if (elements === 'string') return joined([...head, ...values.map((value) => text(6, String(value)))])
  return joined([...head, text(9, raw(elements, values as number[]))])
}

export function raw(elements: Elements, values: readonly number[]): Uint8Array {
  switch (elements) {
    case 'float32':
      return new Uint8Array(Float32Array.from(values).buffer)
    case 'float64':
      return new Uint8Array(Float64Array.from(values).buffer)
    case 'int32':
      return new Uint8Array(Int32Array.from(values).buffer)
    case 'int64':
      return new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer)
    default:
      return Uint8Array.from(values)
  }
}

function attribute(name: string, value: Attributes[string]): Uint8Array {
  const parts = [text(1, name)]
  if (value instanceof Uint8Array) parts.push(text(5, value), int(20, 4))
  else if (typeof value === 'number') parts.push(int(3, value), int(20, 2))
  else if (typeof value === 'string') parts.push(text(4, value), int(20, 3))
  else if ('float' in value) parts.push(float(2, value.float), int(20, 1))
  else if ('floats' in value) parts.push(joined(value.floats.map((one) => float(7, one))), int(20, 6))
  else if (typeof value[0] === 'string') parts.push(joined(value.map((one) => text(9, String(one)))), int(20, 8))
  else parts.push(joined(value.map((one) => int(8, Number(one)))), int(20, 7))
  return message(5, ...parts)
}

export interface NodeText {
  op: string
  inputs: readonly string[]
  outputs: readonly string[]
  attributes?: Attributes
  domain?: string
  more?: readonly Uint8Array[]
}

export const node = ({ op, inputs, outputs, attributes = {}, domain = '', more = [] }: NodeText): Uint8Array =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    ...(domain ? [text(7, domain)] : []),
    ...more,
  )

export type Dims = readonly (number | string)[]

export const port = (field: 11 | 12, name: string, elements: Elements, dims?: Dims): Uint8Array => {
  const shape = dims?.map((size) => message(1, typeof size === 'number' ? int(1, size) : text(2, size)))
  return message(
    field,
    text(1, name),
    message(2, message(1, int(1, ELEMENTS[elements].code), ...(shape ? [message(2, ...shape)] : []))),
  )
}

export interface ModelText {
  nodes: readonly (NodeText | Uint8Array)[]
  constants?: readonly Uint8Array[]
  inputs?: readonly (readonly [string, Elements, Dims?])[]
  outputs?: readonly (readonly [string, Elements, Dims?])[]
  opset?: number
  ir?: number
  /** Of the graph, and of the model. */
  inGraph?: readonly Uint8Array[]
  inModel?: readonly Uint8Array[]
}

export function model({
  nodes,
  constants = [],
  inputs = [],
  outputs = [],
  opset = 18,
  ir = 8,
  inGraph = [],
  inModel = [],
}: ModelText): Uint8Array<ArrayBuffer> {
  const graph = message(
    7,
    ...nodes.map((one) => (one instanceof Uint8Array ? one : node(one))),
    text(2, 'graph'),
    ...constants.map((one) => text(5, one)),
    ...inputs.map((one) => port(11, ...one)),
    ...outputs.map((one) => port(12, ...one)),
    ...inGraph,
  )
  const set = (domain: string, version: number) => message(8, ...(domain ? [text(1, domain)] : []), int(2, version))
  return joined([int(1, ir), graph, set('', opset), set('ai.onnx.ml', 3), ...inModel])
}
