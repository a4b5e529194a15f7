/** Waiting in tests for a state, never for a moment: the limit only ends what would never end. */
import { vi } from 'vitest'

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
  let last: unknown
  const look = async () => {
    last = await condition()
    if (!last) throw new Error(`it was ${String(last)}`)
    return last as Exclude<T, false | null | undefined>
  }
  try {
    return await vi.waitFor(look, { timeout, interval: 20 })
  } catch (cause) {
    throw new Error(`Waited ${timeout / 1_000} s in vain for ${what}: ${String(cause)}`, { cause })
  }
}
