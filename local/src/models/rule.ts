/** One rule instead of a model: "male when the flipper is longer than the median of its species": the second solver of the penguins challenge. */
import { column, type Table, toCsv } from './table.ts'

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Predictions for `test` as a CSV of id and sex. */
export function flipperRule(train: Table, test: Table): Uint8Array {
  const species = column(train, 'species')
  const flipper = column(train, 'flipper_length_mm').map(Number)
  const limit = new Map(
    [...new Set(species)].map((kind) => [kind, median(flipper.filter((_, i) => species[i] === kind))]),
  )
  const length = column(test, 'flipper_length_mm').map(Number)
  return toCsv(
    ['id', 'sex'],
    column(test, 'species').map((kind, i) => [
      column(test, 'id')[i]!,
      length[i]! > (limit.get(kind) ?? Number.POSITIVE_INFINITY) ? 'male' : 'female',
    ]),
  )
}
