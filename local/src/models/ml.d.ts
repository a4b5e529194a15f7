/** The parts of two ml.js packages that are used here; neither ships types that TypeScript can find. */
declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix'
  export default class LogisticRegression {
    constructor(options: { numSteps: number; learningRate: number })
    classifiers: { testScores(features: Matrix): number[] }[]
    train(features: Matrix, target: Matrix): void
  }
}
