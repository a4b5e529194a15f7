/** Sums that do not depend on luck: Neumaier's compensated summation, in a fixed order. */

/** The sum of `term(0) … term(count - 1)`, added in this order with the rounding errors carried along. */
export function compensatedSum(count: number, term: (i: number) => number): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < count; i++) {
    const x = term(i)
    const next = sum + x
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum
    sum = next
  }
  return sum + lost
}

/** The sums of `term(0) … term(i)` for each i, added like `compensatedSum`. */
export function runningSums(count: number, term: (i: number) => number): Float64Array {
  const sums = new Float64Array(count)
  const running = new Sums(1)
  for (let i = 0; i < count; i++) {
    running.add(0, term(i))
    sums[i] = running.value(0)
  }
  return sums
}

/** The mean of `term(0) … term(count - 1)`, by the weights of the rows if there are any. */
export function weightedMean(count: number, weights: Float64Array | undefined, term: (i: number) => number): number {
  if (!weights) return compensatedSum(count, term) / count
  return compensatedSum(count, (i) => weights[i]! * term(i)) / compensatedSum(count, (i) => weights[i]!)
}

/** Many sums at once, each added to in the order of the rows. */
export class Sums {
  readonly #sum: Float64Array
  readonly #lost: Float64Array

  constructor(size: number) {
    this.#sum = new Float64Array(size)
    this.#lost = new Float64Array(size)
  }

  add(at: number, x: number): void {
    const sum = this.#sum[at]!
    const next = sum + x
    this.#lost[at]! += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum
    this.#sum[at] = next
  }

  value(at: number): number {
    return this.#sum[at]! + this.#lost[at]!
  }

  /** All of them, as they stand. */
  values(): Float64Array {
    return this.#sum.map((_, i) => this.value(i))
  }
}
