/** How much of all uploads may be on its way to the disk: a disk is faster with more at once, and memory holds what it waits for. */

const MIB = 1024 * 1024

/** Bytes: what each upload may have in any case, what it may have at most, and what all have beyond the first together. */
const LIMITS = { own: 8 * MIB, most: 32 * MIB, shared: 96 * MIB }

/** What one upload has on its way. */
export type Share = {
  /** Whether so many bytes more fit. What is alone always fits. */
  fits(bytes: number): boolean
  /** @param bytes below 0 for what is written */
  add(bytes: number): void
}

/** Opens a share for each upload. */
export function createWriteBudget({ own, most, shared } = LIMITS): () => Share {
  const beyond = (bytes: number) => Math.max(0, bytes - own)
  let taken = 0
  return () => {
    let waiting = 0
    const more = (bytes: number) => beyond(waiting + bytes) - beyond(waiting)
    return {
      fits(bytes) {
        const next = waiting + bytes
        return waiting === 0 || next <= own || (next <= most && taken + more(bytes) <= shared)
      },
      add(bytes) {
        taken += more(bytes)
        waiting += bytes
      },
    }
  }
}
