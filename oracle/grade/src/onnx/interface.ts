/** How the rows of a challenge become the inputs of a graph, and its outputs the columns of a submission: by names, or by their order. */

import type { ColumnShape } from '../shape.ts'
import type { Column, LabelColumn, NumberColumn } from '../table/columns.ts'
import { ELEMENTS, type Elements } from './elements.ts'
import type { Graph, Port } from './graph.ts'
import { quoted, refuse } from './refusal.ts'
import type { Tensor } from './runtime.ts'
import { shown, type Value, value } from './value.ts'

const isNumber = ({ type }: Pick<ColumnShape, 'type'>): boolean =>
  type === 'number' || type === 'integer' || type === 'probability'

/** One input of a graph, and the columns that it gets: one, or all of them beside each other. */
export interface Fed {
  readonly name: string
  readonly elements: Elements
  readonly columns: readonly number[]
}

/** Throws `RefusedGraph`. */
export function fedBy({ inputs }: Graph, columns: readonly ColumnShape[]): Fed[] {
  if (inputs.length === 0) return refuse('wrong_interface', 'it has no input')
  const named = inputs.map(({ name }) => columns.findIndex((column) => column.name === name))
  const [only] = inputs
  const feed = (port: Port, places: readonly number[]): Fed => {
    const elements = port.elements ?? refuse('wrong_type', `the input ${quoted(port.name)} says no type`)
    for (const place of places) checkElements(port.name, elements, columns[place]!)
    const { dims } = port
    if (
      dims &&
      (dims.length !== 2 || typeof dims[0] === 'number' || (typeof dims[1] === 'number' && dims[1] !== places.length))
    )
      refuse(
        'wrong_interface',
        `the input ${quoted(port.name)} is [${dims.map((size) => size ?? '?').join(', ')}] instead of [rows, ${places.length}], where the number of rows is left open`,
      )
    return { name: port.name, elements, columns: places }
  }
  if (inputs.length === 1 && named[0] === -1) return [feed(only!, [...columns.keys()])]
  const names = new Set(inputs.map(({ name }) => name))
  if (names.size < inputs.length) refuse('malformed', 'two inputs have the same name')
  return inputs.map((port, i) => {
    if (named[i] === -1)
      refuse('wrong_interface', `the input ${quoted(port.name)} does not have the name of a column that models get`)
    return feed(port, [named[i]!])
  })
}

function checkElements(input: string, elements: Elements, column: ColumnShape): void {
  const fits = isNumber(column)
    ? elements === 'float32' ||
      elements === 'float64' ||
      (column.type === 'integer' && (elements === 'int64' || elements === 'int32'))
    : elements === 'string'
  if (!fits)
    refuse(
      'wrong_interface',
      `the input ${quoted(input)} of ${elements} gets the column ${quoted(column.name)} of ${column.type === 'label' ? 'string' : column.type}`,
    )
}

/** What is known of each input before it runs. */
export const valuesOf = (fed: readonly Fed[], rows: number, columns?: readonly Column[]): Map<string, Value> =>
  new Map(
    fed.map(({ name, elements, columns: places }) => {
      const longest =
        columns && elements === 'string' ? Math.max(0, ...places.map((at) => longestOf(columns[at] as LabelColumn))) : 0
      return [name, value(elements, [rows, places.length], { longest })]
    }),
  )

function longestOf({ labels }: LabelColumn): number {
  let longest = 0
  for (let entry = 0; entry + 1 < labels.offsets.length; entry++)
    longest = Math.max(longest, labels.offsets[entry + 1]! - labels.offsets[entry]!)
  return longest
}

/** Undefined where a number is too large for the integers of an input. */
export function tensorOf(
  { elements, columns: places }: Fed,
  columns: readonly Column[],
  rows: number,
): Tensor | undefined {
  const dims = [rows, places.length]
  if (elements === 'string')
    return {
      elements,
      dims,
      data: textsOf(
        places.map((at) => columns[at] as LabelColumn),
        rows,
      ),
    }
  const bytes = new Uint8Array(rows * places.length * ELEMENTS[elements].bytes)
  const view = new DataView(bytes.buffer)
  for (const [j, at] of places.entries()) {
    const { values } = columns[at] as NumberColumn
    for (let row = 0; row < rows; row++) {
      const [cell, number] = [row * places.length + j, values[row]!]
      if (elements === 'float32') view.setFloat32(4 * cell, number, true)
      else if (elements === 'float64') view.setFloat64(8 * cell, number, true)
      else if (elements === 'int64') view.setBigInt64(8 * cell, BigInt(number), true)
      else if (number === (number | 0)) view.setInt32(4 * cell, number, true)
      else return undefined
    }
  }
  return { elements, dims, data: bytes }
}

function textsOf(columns: readonly LabelColumn[], rows: number): Uint8Array[] {
  const texts: Uint8Array[] = []
  for (let row = 0; row < rows; row++)
    for (const { codes, labels } of columns)
      texts.push(labels.arena.subarray(labels.offsets[codes[row]!]!, labels.offsets[codes[row]! + 1]!))
  return texts
}

/** Which output, and which of its columns, a column of the submission is. */
export interface Drawn {
  readonly output: string
  readonly at: number
}

/** By its name; or all from the first output that has as many columns, of their kind. Throws `RefusedGraph`. */
export function drawnFrom(outputs: ReadonlyMap<string, Value>, columns: readonly ColumnShape[], rows: number): Drawn[] {
  if (columns.every(({ name }) => outputs.has(name)))
    return columns.map((column) => {
      const output = outputs.get(column.name)!
      if (widthOf(output, rows) !== 1 || !suits(output, column))
        refuse(
          'wrong_interface',
          `the output ${quoted(column.name)} of ${output.elements} ${shown(output.dims)} is not a column of ${rows} values for ${quoted(column.name)}`,
        )
      return { output: column.name, at: 0 }
    })
  for (const [output, found] of outputs)
    if (widthOf(found, rows) === columns.length && columns.every((column) => suits(found, column)))
      return columns.map((_, at) => ({ output, at }))
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  return refuse(
    'wrong_interface',
    `no output is named ${names}, or has ${columns.length} ${columns.length === 1 ? 'column' : 'columns'} of such values; it has ${[...outputs].map(([name, { elements, dims }]) => `${quoted(name)} of ${elements} ${shown(dims)}`).join(', ')}`,
  )
}

function widthOf({ dims }: Value, rows: number): number | undefined {
  if (dims[0] !== rows || dims.length > 2) return undefined
  return dims.length === 1 ? 1 : dims[1]
}

const WHOLE: readonly Elements[] = ['int64', 'int32']

/** Whole numbers are labels, too: so classes that are numbers come out of a classifier. */
function suits({ elements }: Value, { type }: ColumnShape): boolean {
  if (type === 'integer') return WHOLE.includes(elements)
  if (isNumber({ type })) return elements === 'float32' || elements === 'float64'
  return elements === 'string' || (type === 'label' && WHOLE.includes(elements))
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Of one column, by its row; undefined for a text that is not UTF-8. */
export function cellOf({ elements, dims, data }: Tensor, at: number): (row: number) => string | number | undefined {
  const width = dims[1] ?? 1
  if (!(data instanceof Uint8Array))
    return (row) => {
      try {
        return decoder.decode(data[row * width + at]!)
      } catch {
        return undefined
      }
    }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return (row) => {
    const cell = row * width + at
    if (elements === 'float32') return view.getFloat32(4 * cell, true)
    if (elements === 'float64') return view.getFloat64(8 * cell, true)
    if (elements === 'int64') return String(view.getBigInt64(8 * cell, true))
    return String(view.getInt32(4 * cell, true))
  }
}
