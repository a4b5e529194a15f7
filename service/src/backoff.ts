/** How long to wait before a retry: doubling, bounded, and spread so that many clients do not return together. */

export type Backoff = Readonly<{ firstMs: number; capMs: number }>

/**
 * Milliseconds to wait after `attempts` failures in a row (1 = the first).
 * @param random a number in [0, 1), that picks a point in the upper half of the step
 */
export function backoffMs({ firstMs, capMs }: Backoff, attempts: number, random: number): number {
  const step = Math.min(capMs, firstMs * 2 ** Math.min(30, Math.max(0, attempts - 1)))
  return Math.round(step * (0.5 + random / 2))
}
