/**
 * Uploads enter the store in groups: whatever waits at the moment is named, counted, pinned and put on disk together, so that many small
 * files cost few syncs. Each still fails alone, and is answered only once a loss of power cannot take it back.
 */
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'
import type { CheckedBlockstore } from './blocks.ts'
import type { Pins } from './pins.ts'
import type { StagedBlock } from './staging.ts'

/** How to take back what was counted. */
export type Undo = { uncharge: (() => Promise<void>)[] }

/** Counts and pins once the blocks are there; adds to `undo` what it counted. */
export type Keep = (undo: Undo) => Promise<void>

export type Commits = {
  /** Resolves once the blocks are stored and `keep` is done; nothing of it stays where it rejects. @throws what `keep` throws; `disk_full` */
  add(blocks: readonly StagedBlock[], keep: Keep): Promise<void>
}

export type CommitDeps = {
  blocks: CheckedBlockstore
  pins: Pins
  /** Puts the records on disk. */
  sync: () => Promise<void>
  /** One at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

type Waiting = {
  staged: readonly StagedBlock[]
  keep: Keep
  fresh: CID[]
  undo: Undo
  resolve: () => void
  reject: (error: unknown) => void
}

export function createCommits({ blocks, pins, sync, inTurn }: CommitDeps): Commits {
  let waiting: Waiting[] = []

  async function takeBack({ fresh, undo }: Waiting): Promise<void> {
    for (const cid of fresh) if (!(await pins.isPinned(cid))) await blocks.delete(cid).catch(() => {})
    // A count that stays is no harm: the same content counts once, and a start takes back what nothing is kept for.
    for (const uncharge of undo.uncharge) await uncharge().catch(() => {})
  }

  async function commit(): Promise<void> {
    let group = waiting
    waiting = []
    const failed: { one: Waiting; error: unknown }[] = []
    const each = async (work: (one: Waiting) => Promise<void>) => {
      const rest: Waiting[] = []
      for (const one of group)
        try {
          await work(one)
          rest.push(one)
        } catch (error) {
          failed.push({ one, error })
        }
      group = rest
    }
    const folders = new Set<string>()
    await each(async (one) => {
      for (const folder of await blocks.adopt(one.staged, (cid) => void one.fresh.push(cid))) folders.add(folder)
    })
    // A pin that survives a loss of power must find its blocks. What fails here is everybody's.
    const named = blocks.sync(folders)
    await each(() => named)
    await each((one) => one.keep(one.undo))
    const kept = sync()
    await each(() => kept)
    // Only now is it known which blocks of those that failed another one has pinned.
    for (const { one, error } of failed) {
      await takeBack(one)
      one.reject(asDiskFull(error))
    }
    for (const one of group) one.resolve()
  }

  return {
    add: (staged, keep) =>
      new Promise((resolve, reject) => {
        waiting.push({ staged, keep, fresh: [], undo: { uncharge: [] }, resolve, reject })
        if (waiting.length === 1) void inTurn(commit)
      }),
  }
}
