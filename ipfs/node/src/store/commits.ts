/**
 * Uploads enter the store in groups: whatever waits at the moment is named, counted, pinned and put on disk together, so that many small
 * files cost few syncs. Each still fails alone, and is answered only once a loss of power cannot take it back.
 */
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'
import type { CheckedBlockstore } from './blocks.ts'
import type { Pins } from './pins.ts'
import type { StagedBlock, Staging } from './staging.ts'

/** What is to be taken back: counts, and pins of roots that had none before. */
export type Undo = { uncharge: (() => Promise<void>)[]; pinned: CID[] }

/** Counts and pins once the blocks are there; adds to `undo` what it counted, and what it is about to pin. */
export type Keep = (undo: Undo) => Promise<void>

export type Commits = {
  /**
   * Resolves once the blocks are stored and `keep` is done; nothing of it stays where it rejects, or the next start takes it back.
   * @throws what `keep` and `written` throw; `disk_full`
   */
  add(staging: Pick<Staging, 'written' | 'leave'>, keep: Keep): Promise<void>
}

export type CommitDeps = {
  blocks: CheckedBlockstore
  pins: Pick<Pins, 'isPinned' | 'rm'>
  /** Those of these roots that an account or a challenge keeps. */
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
  /** Puts the records on disk. */
  sync: () => Promise<void>
  /** One at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

type Waiting = {
  staged: readonly StagedBlock[]
  leave: () => void
  keep: Keep
  fresh: CID[]
  undo: Undo
  resolve: () => void
  reject: (error: unknown) => void
}

export function createCommits({ blocks, pins, keeping, sync, inTurn }: CommitDeps): Commits {
  let waiting: Waiting[] = []
  let isLeft = false

  /** Of all that failed, in this order: a pin without a count is found at a start, a block without a pin is none of anybody's. */
  async function takeBack(failed: readonly Waiting[]): Promise<void> {
    for (const { undo } of failed) for (const uncharge of undo.uncharge) await uncharge()
    const roots = new Map(failed.flatMap(({ undo }) => undo.pinned.map((root) => [root.toString(), root] as const)))
    // Another upload of the same content may have been counted meanwhile.
    const kept = roots.size === 0 ? new Set() : await keeping(new Set(roots.keys()))
    for (const [name, root] of roots) if (!kept.has(name)) await pins.rm(root)
    for (const { fresh } of failed) for (const cid of fresh) if (!(await pins.isPinned(cid))) await blocks.delete(cid)
  }

  /** Never rejects: everyone who waits is answered. */
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
    /** What fails here is everybody's; nobody's is not done. */
    const together = async (work: () => Promise<void>) => {
      if (group.length === 0) return
      const [done] = await Promise.allSettled([work()])
      await each(async () => {
        if (done.status === 'rejected') throw done.reason
      })
    }
    const folders = new Set<string>()
    await each(async (one) => {
      for (const folder of await blocks.adopt(one.staged, (cid) => void one.fresh.push(cid))) folders.add(folder)
    })
    // A pin that survives a loss of power must find its blocks.
    await together(() => blocks.sync(folders))
    await each((one) => one.keep(one.undo))
    await together(sync)
    // Only now is it known which blocks of those that failed another one has pinned.
    await takeBack(failed.map(({ one }) => one)).catch(() => {
      // The disk that refused them may refuse this, too. One folder that stays has the next start look at everything.
      if (!isLeft) failed[0]?.one.leave()
      isLeft = true
    })
    for (const { one, error } of failed) one.reject(asDiskFull(error))
    for (const one of group) one.resolve()
  }

  return {
    async add(staging, keep) {
      const staged = await staging.written()
      await new Promise<void>((resolve, reject) => {
        const undo = { uncharge: [], pinned: [] }
        waiting.push({ staged, leave: staging.leave, keep, fresh: [], undo, resolve, reject })
        if (waiting.length === 1) void inTurn(commit)
      })
    },
  }
}
