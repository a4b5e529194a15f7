/** Submissions that are kept for a challenge until a time, counted in LevelDB beside the pins, and the limits on them. */
import type { LevelDatastore } from 'datastore-level'
import { IpfsError } from '../errors.ts'
import { LEAST_CHARGE } from './accounts.ts'

/** `until`: unix seconds by the ledger's time. */
export type Hold = Readonly<{ challenge: number; cid: string; until: number }>

export type HoldLimits = {
  /** Of one sealed file, in bytes. */
  maxSubmissionBytes: number
  /** Of one challenge. */
  maxChallengeBytes: number
  /** Of all challenges together. */
  maxSubmissionsBytes: number
}

export type Holds = {
  has(challenge: number, cid: string): Promise<boolean>
  /** @param most of this challenge, bytes; default `maxChallengeBytes` @throws IpfsError `challenge_full`, `storage_full` where a file of this size has no place */
  checkRoom(challenge: number, bytes: number, most?: number): void
  /**
   * Counts a file for its challenge, once. The answer takes that back, for a file that could not be stored after all.
   * @throws as checkRoom, and nothing is counted
   */
  charge(hold: Hold, bytes: number, most?: number): Promise<() => Promise<void>>
  /** Those whose time is over, and of their CIDs those that another challenge still holds. */
  ended(now: number): Promise<{ holds: Hold[]; heldElsewhere: Set<string> }>
  drop(hold: Hold): Promise<void>
  /** Those of these CIDs that a challenge holds. */
  keeping(cids: ReadonlySet<string>): Promise<Set<string>>
  /** Takes back what was counted for content that is not kept: a process may be killed between the count and the pin. */
  settle(isKept: (cid: string) => boolean): Promise<void>
  /** Files and bytes that count, of all challenges. */
  readonly files: number
  readonly bytes: number
}

const PREFIX = '/named/'
const RANGE = { gte: PREFIX, lt: `${PREFIX}\xff` }
const decoder = new TextDecoder()
const encoder = new TextEncoder()

type Entry = Hold & { bytes: number }

export async function openHolds(db: LevelDatastore['db'], limits: HoldLimits): Promise<Holds> {
  const perChallenge = new Map<number, number>()
  let total = 0
  let files = 0
  /** No hold ends before, unix seconds: so that looking costs nothing most of the time. */
  let earliest = Number.POSITIVE_INFINITY

  function count({ challenge, bytes, until }: Entry, sign: 1 | -1): void {
    if (sign > 0) earliest = Math.min(earliest, until)
    const now = (perChallenge.get(challenge) ?? 0) + sign * bytes
    if (now > 0) perChallenge.set(challenge, now)
    else perChallenge.delete(challenge)
    total += sign * bytes
    files += sign
  }

  async function* entries(): AsyncGenerator<Entry> {
    for await (const [key, value] of db.iterator(RANGE)) {
      const [challenge, cid] = key.slice(PREFIX.length).split('/')
      const { bytes, until } = JSON.parse(decoder.decode(value)) as { bytes: number; until: number }
      yield { challenge: Number(challenge), cid: cid!, bytes, until }
    }
  }

  async function drop({ challenge, cid }: Hold): Promise<void> {
    const value = await db.get(keyOf(challenge, cid))
    if (value === undefined) return
    const { bytes, until } = JSON.parse(decoder.decode(value)) as { bytes: number; until: number }
    await db.del(keyOf(challenge, cid))
    count({ challenge, cid, bytes, until }, -1)
  }

  function checkRoom(challenge: number, bytes: number, most = limits.maxChallengeBytes): void {
    const charged = Math.max(bytes, LEAST_CHARGE)
    const before = perChallenge.get(challenge) ?? 0
    if (before + charged > most) throw challengeFull(challenge, most)
    if (total + charged > limits.maxSubmissionsBytes) throw storageFull()
  }

  for await (const entry of entries()) count(entry, 1)

  return {
    has: async (challenge, cid) => (await db.get(keyOf(challenge, cid))) !== undefined,
    checkRoom,
    async charge(hold, size, most) {
      const { challenge, cid, until } = hold
      if ((await db.get(keyOf(challenge, cid))) !== undefined) return async () => {}
      checkRoom(challenge, size, most)
      const bytes = Math.max(size, LEAST_CHARGE)
      await db.put(keyOf(challenge, cid), encoder.encode(JSON.stringify({ bytes, until })))
      count({ ...hold, bytes }, 1)
      return () => drop(hold)
    },
    async ended(now) {
      const holds: Hold[] = []
      if (now < earliest) return { holds, heldElsewhere: new Set() }
      let next = Number.POSITIVE_INFINITY
      for await (const { challenge, cid, until } of entries()) {
        if (until <= now) holds.push({ challenge, cid, until })
        else next = Math.min(next, until)
      }
      // Only once nothing is left of those that ended may they be passed over.
      if (holds.length === 0) earliest = next
      const over = new Set(holds.map(({ cid }) => cid))
      const heldElsewhere = new Set<string>()
      if (over.size > 0)
        for await (const { cid, until } of entries()) if (until > now && over.has(cid)) heldElsewhere.add(cid)
      return { holds, heldElsewhere }
    },
    drop,
    async keeping(cids) {
      const kept = new Set<string>()
      for await (const { cid } of entries()) if (cids.has(cid)) kept.add(cid)
      return kept
    },
    async settle(isKept) {
      for await (const entry of entries()) if (!isKept(entry.cid)) await drop(entry)
    },
    get files() {
      return files
    },
    get bytes() {
      return total
    },
  }
}

const keyOf = (challenge: number, cid: string) => `${PREFIX}${challenge}/${cid}`

function challengeFull(challenge: number, most: number): IpfsError {
  const what = `This node keeps at most ${most} bytes of challenge ${challenge}, and this file does not fit beside the others.`
  return new IpfsError('challenge_full', `${what} Hand it to an oracle of the challenge: one is enough.`)
}

function storageFull(): IpfsError {
  const what = 'This node has no room for more submissions now.'
  return new IpfsError('storage_full', `${what} Hand it to an oracle of the challenge: one is enough.`)
}
