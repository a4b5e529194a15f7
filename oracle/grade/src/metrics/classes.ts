/** Classes of a truth and a prediction as small numbers, for label columns and for integer columns. */

import { createByteTable, entryText } from '../table/bytetable.ts'
import type { Codes, Column } from '../table/columns.ts'
import { sortEntries } from '../table/sortentries.ts'
import { listLength, setsOf, sharedItems } from './lists.ts'
import type { MetricTruth } from './metric.ts'

export interface Classes {
  /** Class of each row. */
  readonly truth: Codes
  readonly predicted: Codes
  /** One more than the largest class number. */
  readonly count: number
  /** Class numbers in a fixed order: labels by their bytes, integers by value. Sorted only where somebody asks. */
  order(): readonly number[]
  /** The text of a class. */
  text(code: number): string
}

/** Numbers the classes of both columns alike; both are labels (the prediction's table extends the truth's) or both integers. */
export function classesOf(truth: Column, predicted: Column): Classes {
  if (truth.kind === 'label' && predicted.kind === 'label') {
    const { labels } = predicted
    return {
      truth: truth.codes,
      predicted: predicted.codes,
      count: labels.size,
      order: () => [...sortEntries(labels)],
      text: (code) => entryText(labels, code),
    }
  }
  if (truth.kind === 'label' || predicted.kind === 'label')
    throw new TypeError('Labels and numbers are not comparable.')
  const codes = new Map<number, number>()
  const encode = (values: Float64Array): Int32Array => {
    const encoded = new Int32Array(values.length)
    for (let i = 0; i < values.length; i++) {
      const known = codes.get(values[i]!)
      encoded[i] = known ?? codes.size
      if (known === undefined) codes.set(values[i]!, codes.size)
    }
    return encoded
  }
  const truthCodes = encode(truth.values)
  const predictedCodes = encode(predicted.values)
  const values = [...codes.keys()]
  return {
    truth: truthCodes,
    predicted: predictedCodes,
    count: values.length,
    order: () => values.map((_, code) => code).sort((a, b) => values[a]! - values[b]!),
    text: (code) => String(values[code]),
  }
}

/** The texts of the classes that a truth really has, in their fixed order, and each row's place in that list. */
export function truthClasses(truth: Column): { texts: string[]; places: Codes } {
  const { truth: codes, count, order, text } = classesOf(truth, truth)
  const present = new Uint8Array(count)
  for (let i = 0; i < codes.length; i++) present[codes[i]!] = 1
  const used = order().filter((code) => present[code] === 1)
  const placeOf = new Int32Array(count)
  used.forEach((code, place) => {
    placeOf[code] = place
  })
  const places = used.length > 256 ? new Int32Array(codes.length) : new Uint8Array(codes.length)
  for (let i = 0; i < codes.length; i++) places[i] = placeOf[codes[i]!]!
  return { texts: used.map(text), places }
}

/** 1 for each row whose label is right; for lists, whose whole set of labels is. */
export function rightRows(truth: MetricTruth, predicted: Column, lists: boolean): Uint8Array {
  const actual = truth.columns[0]!
  if (!lists) {
    const { truth: t, predicted: p } = classesOf(actual, predicted)
    const right = new Uint8Array(t.length)
    for (let i = 0; i < t.length; i++) right[i] = t[i] === p[i] ? 1 : 0
    return right
  }
  const table = createByteTable()
  const [a, b] = [setsOf(actual, table), setsOf(predicted, table)]
  return Uint8Array.from(a.codes, (_, i) => {
    const shared = sharedItems(a, i, b, i)
    return shared === listLength(a, i) && shared === listLength(b, i) ? 1 : 0
  })
}
