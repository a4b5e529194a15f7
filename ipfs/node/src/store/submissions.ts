/** Submissions in the store: taken as archives for the challenges that name them, let go when these are long over. */
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { takeCarFile } from '@stellartrain/ipfs-content/take-car'
import { IpfsError } from '../errors.ts'
import type { Accounts } from './accounts.ts'
import type { CheckedBlockstore } from './blocks.ts'
import type { Commits, Undo } from './commits.ts'
import { openFile } from './files.ts'
import type { Holds } from './holds.ts'
import { letGo } from './let-go.ts'
import { marked } from './mark.ts'
import type { Pins } from './pins.ts'
import type { Room } from './room.ts'
import { openStaging } from './staging.ts'

/** A challenge that names the file: until when it is kept for it, unix seconds, and how large it may be there, bytes. */
/** `challengeBytes`: of all submissions of the challenge, where it is not the usual quota. */
export type NamedBy = Readonly<{ challenge: number; until: number; mostBytes: number; challengeBytes?: number }>
export type TakenFile = { cid: string; bytes: number; stored: boolean }

export type SubmissionStore = {
  /**
   * Stores and pins the file of an archive (CAR, root first) for each of the challenges that has room for it; `stored` is false where
   * it is kept already. Nothing of what is refused stays.
   * @param by at least one, whose refusal is told first
   * @throws IpfsError `challenge_full`, `storage_full`, `too_large`, `disk_full`; ContentError `bad_car`, `too_large`, `not_a_file`
   */
  take: (cid: string, by: readonly NamedBy[], archive: AsyncIterable<Uint8Array>) => Promise<TakenFile>
  /** Lets go what was kept for challenges until now, unix seconds, unless something else keeps it. Resolves to how many holds ended. */
  release: (now: number) => Promise<number>
}

export type SubmissionStoreDeps = {
  /** Where uploads are staged, and `marked` says that something is under way. */
  incoming: string
  blocks: CheckedBlockstore
  pins: Pins
  accounts: Accounts
  holds: Holds
  room: Room
  /** One at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
  commits: Commits
}

export function createSubmissionStore(deps: SubmissionStoreDeps): SubmissionStore {
  const { incoming, blocks, pins, accounts, holds, room, inTurn, commits } = deps
  const stagingRoom = { check: (bytes: number) => room.check('payment', bytes) }

  /** Those that take a file of this size. A second challenge can name a CID to have it refused: it decides for itself alone. */
  function takersOf(by: readonly NamedBy[], bytes: number): NamedBy[] {
    const problems: unknown[] = []
    const takers = by.filter((one) => {
      try {
        if (bytes > one.mostBytes) throw tooLarge(bytes, one.mostBytes)
        holds.checkRoom(one.challenge, bytes, one.challengeBytes)
        return true
      } catch (error) {
        problems.push(error)
        return false
      }
    })
    if (takers.length === 0) throw problems[0]
    return takers
  }

  /** Counts the file for each of them that still has room. @throws as checkRoom, if none has */
  async function charge(cid: string, by: readonly NamedBy[], bytes: number, undo: Undo): Promise<void> {
    for (const { challenge, until, challengeBytes } of takersOf(by, bytes))
      undo.uncharge.push(await holds.charge({ challenge, cid, until }, bytes, challengeBytes).catch(ifFull))
  }

  /** The size of a file that is kept for one of them; for the others it is kept from now on. */
  async function alreadyKept(cid: string, by: readonly NamedBy[]): Promise<number | undefined> {
    const kept = await Promise.all(by.map(({ challenge }) => holds.has(challenge, cid)))
    if (!kept.includes(true)) return undefined
    const file = await openFile(blocks, parseCid(cid)).catch(() => undefined)
    // Damaged: taking it again mends it.
    if (file === undefined) return undefined
    const { bytes } = file
    const others = by.filter((_, index) => !kept[index])
    for (const { challenge, until, challengeBytes } of others)
      await holds.charge({ challenge, cid, until }, bytes, challengeBytes).catch(ifFull)
    return bytes
  }

  async function release(now: number): Promise<number> {
    const { holds: ended, heldElsewhere } = await holds.ended(now)
    if (ended.length === 0) return 0
    const byAccounts = await accounts.keeping(new Set(ended.map(({ cid }) => cid)))
    await marked(incoming, async () => {
      for (const hold of ended) {
        if (!heldElsewhere.has(hold.cid) && !byAccounts.has(hold.cid)) await letGo(blocks, pins, parseCid(hold.cid))
        await holds.drop(hold)
      }
    })
    return ended.length
  }

  return {
    async take(cid, by, archive) {
      const kept = await inTurn(() => alreadyKept(cid, by))
      if (kept !== undefined) return { cid, bytes: kept, stored: false }
      takersOf(by, 0)
      const root = parseCid(cid)
      const staging = await openStaging(incoming, stagingRoom)
      try {
        const most = Math.max(...by.map(({ mostBytes }) => mostBytes))
        const { bytes } = await takeCarFile(root, archive, most, staging, (size) => void takersOf(by, size))
        await commits.add(staging, async (undo) => {
          await charge(cid, by, bytes, undo)
          if (!(await pins.has(root))) undo.pinned.push(root)
          await pins.add(root)
        })
        return { cid, bytes, stored: true }
      } finally {
        await staging.remove()
      }
    },
    release: (now) => inTurn(() => release(now)),
  }
}

const nothing = async () => {}

/** A challenge without room does not keep the file; another one does. */
function ifFull(error: unknown): () => Promise<void> {
  if (error instanceof IpfsError && (error.code === 'challenge_full' || error.code === 'storage_full')) return nothing
  throw error
}

function tooLarge(bytes: number, most: number): IpfsError {
  return new IpfsError(
    'too_large',
    `The file has ${bytes} bytes, more than the ${most} that are taken for its challenge.`,
  )
}
