/** A logistic regression on standardized features, fitted in this run: the demo's solver of the breast cancer challenge. */
import LogisticRegression from 'ml-logistic-regression'
import { Matrix } from 'ml-matrix'
import { column, features, type Table, toCsv } from './table.ts'

/** Means and deviations of the training rows, applied to both sets, and a column of ones for the intercept. */
function standardize(train: number[][], rows: number[][]): number[][] {
  const width = train[0]?.length ?? 0
  const mean = Array.from({ length: width }, (_, i) => train.reduce((sum, row) => sum + row[i]!, 0) / train.length)
  const deviation = mean.map((m, i) =>
    Math.sqrt(train.reduce((sum, row) => sum + (row[i]! - m) ** 2, 0) / train.length),
  )
  return rows.map((row) => [1, ...row.map((value, i) => (value - mean[i]!) / (deviation[i]! || 1))])
}

/** Predictions for `test` as a CSV of id and probability of class 1. */
export function fitLogistic(train: Table, test: Table, target: string): Uint8Array {
  const rows = features(train, train, ['id', target])
  const model = new LogisticRegression({ numSteps: 400, learningRate: 5e-3 })
  const y = Matrix.columnVector(column(train, target).map(Number))
  model.train(new Matrix(standardize(rows, rows)), y)
  // The library fits one classifier a class, and each scores "is not my class": the one of class 0 is the one to ask.
  const scores = model.classifiers[0]!.testScores(new Matrix(standardize(rows, features(train, test, ['id', target]))))
  return toCsv(
    ['id', target],
    column(test, 'id').map((id, i) => [id, scores[i]!.toFixed(6)]),
  )
}
