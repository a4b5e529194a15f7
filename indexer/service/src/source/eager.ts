/** Takes items out of a generator before anybody asks for them, up to a number that waits. */

type Step<T> = Promise<IteratorResult<T, unknown>>

export async function* eagerly<T>(source: AsyncGenerator<T>, ahead: number): AsyncGenerator<T> {
  const asked: Step<T>[] = []
  const ask = () => {
    const step = source.next()
    // Its error is met when its turn comes.
    step.catch(() => {})
    asked.push(step)
  }
  try {
    for (;;) {
      while (asked.length < ahead) ask()
      const { done, value } = await asked.shift()!
      if (done) return
      ask()
      yield value
    }
  } finally {
    // A request that is under way ends by its own signal; nobody waits for it.
    source.return(undefined).catch(() => {})
  }
}
