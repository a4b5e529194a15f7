/** A queue per name inside this process: whoever comes waits for those before. */

const last = new Map<string, Promise<unknown>>()

/** Runs `work` when all earlier work under the same name has ended, however it ended. An abort leaves the queue. */
export async function takeTurn<T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const before = last.get(name) ?? Promise.resolve()
  const mine = before.then(() => {
    signal?.throwIfAborted()
    return work()
  })
  const settled = mine.catch(() => undefined)
  last.set(name, settled)
  try {
    return await mine
  } finally {
    if (last.get(name) === settled) last.delete(name)
  }
}
