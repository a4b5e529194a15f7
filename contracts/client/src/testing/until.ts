/**
 * Waiting in tests for a state, never for a moment: the limit only ends what would never end. Without the test runner, for what
 * makes pictures and demos waits for the same states.
 */

/** A short wait is noticed at once; a long one is looked at seldom, for each look costs those who do the work. */
const FIRST_MS = 15
const LONGEST_MS = 120
const GROWTH = 1.2

type Options = {
  /** What is awaited, for the failure's message: "the fees to be withdrawn". */
  what: string
  /** Milliseconds; below the test timeout of vitest.config.ts, so that a hanging test says what it waited for. */
  timeout?: number
}

/**
 * Resolves with the condition's first truthy value. A condition that throws is tried again, for a service may not
 * answer yet.
 * @throws Error that names what was awaited and the last value or error
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { what, timeout = 240_000 }: Options,
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + timeout
  for (let wait = FIRST_MS; ; wait = Math.min(LONGEST_MS, wait * GROWTH)) {
    let cause: unknown
    try {
      const found = await condition()
      if (found) return found as Exclude<T, false | null | undefined>
      cause = new Error(`it was ${String(found)}`)
    } catch (error) {
      cause = error
    }
    if (performance.now() >= end)
      throw new Error(`Waited ${timeout / 1_000} s in vain for ${what}: ${String(cause)}`, { cause })
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}
