/** The work in hand, by submission: derived from the chain, kept in memory, lost without harm. */
import type { PublicError } from '../errors.ts'
import type { Ballot } from '../vote/ballot.ts'

/** Where one submission's work stands. `voting`: graded, and waiting for its turn or its transaction. */
export type Stage = 'waiting' | 'fetching' | 'grading' | 'voting' | 'failed_retrying'

/** One submission as it stands on-chain; `time` is its ledger's close time in unix seconds. */
export type Entry = Readonly<{
  challenge: number
  number: number
  solver: string
  attempt: number
  cid: string
  units: number
  time: bigint
}>

export type Item = {
  readonly entry: Entry
  stage: Stage
  /** Tries that ended in failure. */
  attempts: number
  lastError: PublicError | null
  /** The last failure is one that no later try is expected to end differently. */
  hopeless: boolean
  /** Wall-clock milliseconds before which it is not tried again. */
  notBefore: number
  ballot?: Ballot
}

/** The items of all challenges; numbers of one challenge are unique in it. */
export type Tray = {
  add(entry: Entry): void
  get(challenge: number, number: number): Item | undefined
  /** Items of one challenge, by number. */
  of(challenge: number): Item[]
  /** Forgets what has been voted on: numbers up to and including `number`. */
  dropThrough(challenge: number, number: number): void
  drop(challenge: number): void
  all(): Item[]
}

export function createTray(): Tray {
  const challenges = new Map<number, Map<number, Item>>()
  const of = (challenge: number) => [...(challenges.get(challenge)?.values() ?? [])].sort(byNumber)
  return {
    add(entry) {
      const items = challenges.get(entry.challenge) ?? new Map<number, Item>()
      challenges.set(entry.challenge, items)
      if (items.has(entry.number)) return
      items.set(entry.number, { entry, stage: 'waiting', attempts: 0, lastError: null, hopeless: false, notBefore: 0 })
    },
    get: (challenge, number) => challenges.get(challenge)?.get(number),
    of,
    dropThrough(challenge, number) {
      const items = challenges.get(challenge)
      for (const key of items?.keys() ?? []) if (key <= number) items?.delete(key)
    },
    drop: (challenge) => void challenges.delete(challenge),
    all: () => [...challenges.keys()].sort((a, b) => a - b).flatMap(of),
  }
}

function byNumber(a: Item, b: Item): number {
  return a.entry.number - b.entry.number
}
