/**
 * Bounds on cost, for tests that must hold on a machine with other work: CPU time instead of the clock, and the least of several measurements.
 * Other work makes single measurements larger; a cost that grows too fast makes all of them large.
 */

const TRIES = 8

/** CPU time that this process spent in one call of `run`, in microseconds. */
function cpuTime(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** The least of `measure`'s values: it is called until one is below `bound`, and at most 8 times. */
function leastUntil(bound: number, measure: () => number): number {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < TRIES && least >= bound; tries++) least = Math.min(least, measure())
  return least
}

/** The least CPU time of `run`, in seconds, of as many calls as it takes to be below `bound` seconds: at most 8. */
export const leastCpuSeconds = (bound: number, run: () => unknown): number =>
  leastUntil(bound, () => cpuTime(run) / 1e6)

/** How many times the CPU time of `base` that of `run` is: the least of as many pairs as it takes to be below `bound`, at most 8. */
export const leastRatio = (bound: number, run: () => unknown, base: () => unknown): number =>
  leastUntil(bound, () => {
    const once = cpuTime(base)
    return cpuTime(run) / Math.max(once, 1)
  })
