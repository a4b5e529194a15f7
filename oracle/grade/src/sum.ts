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
