/** Work of which only so much runs at once. What waits takes turns by whose it is, so that no number of one client's holds up another's. */

/** @param client whose work it is; all that names none is one client's */
export type AtOnce = <T>(work: () => Promise<T>, client?: string | null) => Promise<T>

export function createAtOnce(most: number): AtOnce {
  let running = 0
  /** In the order of their turns; none is empty. */
  const waiting = new Map<string, (() => void)[]>()

  function next(): (() => void) | undefined {
    const [first] = waiting
    if (first === undefined) return undefined
    const [client, own] = first
    const found = own.shift()
    waiting.delete(client)
    if (own.length > 0) waiting.set(client, own)
    return found
  }

  function turn(client: string): Promise<void> {
    return new Promise((resolve) => {
      const own = waiting.get(client)
      if (own) own.push(resolve)
      else waiting.set(client, [resolve])
    })
  }

  return async (work, client = '') => {
    if (running < most) running++
    else await turn(client ?? '')
    try {
      return await work()
    } finally {
      const start = next()
      if (start) start()
      else running--
    }
  }
}
