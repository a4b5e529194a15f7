/** Work on many files, a few at a time: a disk syncs several in the time of one. */

const AT_ONCE = 16

/** Rejects with the first error, once nothing runs any more. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < items.length) await work(items[next++]!)
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, one))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
