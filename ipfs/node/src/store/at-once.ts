/** Work of which only so much runs at once; the rest waits in its order. */

export type AtOnce = <T>(work: () => Promise<T>) => Promise<T>

export function createAtOnce(most: number): AtOnce {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < most) running++
    else await new Promise<void>((resolve) => void waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
