/** A random forest, fitted in this run: the first solver of the penguins challenge. */
import { RandomForestClassifier } from 'ml-random-forest'
import { column, features, type Table, toCsv } from './table.ts'

/** Predictions for `test` as a CSV of id and class. */
export function fitForest(train: Table, test: Table, target: string): Uint8Array {
  const labels = column(train, target)
  const classes = [...new Set(labels)].sort()
  const model = new RandomForestClassifier({ seed: 7, maxFeatures: 0.6, replacement: true, nEstimators: 60 })
  model.train(
    features(train, train, ['id', target]),
    labels.map((label) => classes.indexOf(label)),
  )
  const predicted: number[] = model.predict(features(train, test, ['id', target]))
  return toCsv(
    ['id', target],
    column(test, 'id').map((id, i) => [id, classes[predicted[i]!]!]),
  )
}
