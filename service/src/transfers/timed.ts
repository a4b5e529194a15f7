/** The two directions of a transfer, timed: what the service itself takes is not counted against its client. */

/** Of one transfer: it runs while bytes are waited for, and stands while its other end is. */
type Clock = { moved: (bytes: number) => void; pause: () => void; resume: () => void }

/** The pieces of a body, each counted; it fails at once with the reason of `signal`. */
export async function* counted(
  body: AsyncIterable<Uint8Array>,
  { moved, pause, resume }: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  let fail: (reason: unknown) => void = () => {}
  const ended = () => fail(signal.reason)
  signal.addEventListener('abort', ended)
  try {
    for (;;) {
      // One promise a piece: racing each against the same one would gather their reactions until the transfer ends.
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        fail = reject
        if (signal.aborted) return reject(signal.reason)
        pieces.next().then(resolve, reject)
      })
      if (next.done) return
      moved(next.value.byteLength)
      pause()
      yield next.value
      resume()
    }
  } finally {
    signal.removeEventListener('abort', ended)
    // Not awaited: a source that waits for its next piece answers only then.
    void Promise.resolve(pieces.return?.()).catch(() => {})
  }
}

/** What is sent: the clock stands while the next piece is made, and runs while it is taken. */
export async function* prepared<T>(source: AsyncIterable<T>, pause: () => void, resume: () => void): AsyncGenerator<T> {
  try {
    pause()
    for await (const one of source) {
      resume()
      yield one
      pause()
    }
  } finally {
    resume()
  }
}
