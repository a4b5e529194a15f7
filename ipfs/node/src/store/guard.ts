/**
 * LevelDB after a write that failed. What a full disk cut off lies in the middle of its log, and a start reads no further than there: writes
 * after it succeed, are synced, and are lost all the same. So none is acknowledged before the records have a new log.
 */
import type { LevelDatastore } from 'datastore-level'
import { diskFull } from '../errors.ts'
import { diskOf } from './room.ts'

type Db = LevelDatastore['db']
/** What `level` is on Node.js; its own type is that of browsers, too. */
type ClassicLevel = Db & { compactRange(start: string, end: string): Promise<void> }

/** A new log writes what is in memory to a table, at most LevelDB's buffer of 4 MiB. A table that fails ends all writes until it is reopened. */
const NEEDED_BYTES = 8 * 1024 * 1024
const PROBE = '/probe'
const EMPTY = new Uint8Array()

/** From now on a write after one that failed waits for a new log. @param freeBytes of its disk */
export function guardWrites(db: Db, freeBytes: () => Promise<number>): void {
  const { put, del, batch } = db
  let failures = 0
  /** How many of these failures have a new log after them. */
  let healed = 0
  let healing: Promise<void> | undefined

  async function heal(): Promise<void> {
    if ((await freeBytes()) < NEEDED_BYTES) throw diskFull()
    const until = failures
    try {
      await (db as ClassicLevel).compactRange('\xff', '\xff')
      await put.call(db, PROBE, EMPTY, { sync: true } as never)
    } catch {
      // Its table failed: only opening it again lets it write.
      await db.close()
      await db.open()
    }
    healed = until
  }

  /** One at a time, and again where another write failed meanwhile. @throws IpfsError `disk_full`; what opening throws */
  async function untilHealed(): Promise<void> {
    while (healed < failures) {
      healing ??= heal().finally(() => {
        healing = undefined
      })
      await healing
    }
  }

  async function write<T>(work: () => Promise<T>): Promise<T> {
    await untilHealed()
    const result = await work().catch((error: unknown) => {
      failures++
      throw error
    })
    // Another one may have failed before it in the same log.
    await untilHealed()
    return result
  }

  const guarded =
    (method: (...args: never[]) => unknown) =>
    (...args: unknown[]) =>
      write(() => Promise.resolve(method.apply(db, args as never[])))
  Object.assign(db, { put: guarded(put), del: guarded(del), batch: guarded(batch) })
}

/** Bytes that are free on the disk of this home. */
export const freeOn = (home: string) => async () => (await diskOf(home)).freeBytes
