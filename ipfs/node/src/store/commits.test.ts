/** What a full or failing disk does to uploads: each is answered, nothing of a refused one stays, and the node goes on. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LevelDatastore } from 'datastore-level'
import { expect, it, onTestFinished, vi } from 'vitest'
import { blockFiles, bytesOf, temporaryHome } from '../harness.ts'
import { createCommits } from './commits.ts'
import { type IpfsNode, openNode } from './node.ts'

const MUCH = 10_000_000
const limits = {
  maxUploadBytes: MUCH,
  maxAccountBytes: MUCH,
  maxUploadsBytes: MUCH,
  maxSubmissionBytes: MUCH,
  maxChallengeBytes: MUCH,
  maxSubmissionsBytes: MUCH,
}
const SYNCED = '/synced'
const full = () => Object.assign(new Error('IO error: No space left on device'), { code: 'LEVEL_IO_ERROR' })

type Put = (key: string, ...rest: unknown[]) => Promise<void>

/** A node whose disk has no room for the records that `refuses` names. Closed when the test ends. */
async function nodeOn(home: string) {
  let db: { put: Put; del: Put; batch: (ops: { key: string }[]) => Promise<void> } | undefined
  const open = vi.spyOn(LevelDatastore.prototype, 'open').mockImplementation(async function (this: LevelDatastore) {
    db = this.db as never
  })
  const node = await openNode(home, { limits, reserveBytes: 0 }).finally(() => open.mockRestore())
  const disk = { refuses: (_key: string) => false }
  const { put, del, batch } = db!
  const check = (key: string) => (disk.refuses(key) ? Promise.reject(full()) : undefined)
  db!.put = async (key, ...rest) => (await check(key)) ?? put.call(db, key, ...rest)
  db!.del = async (key, ...rest) => (await check(key)) ?? del.call(db, key, ...rest)
  db!.batch = async (ops) => {
    for (const { key } of ops) await check(key)
    return batch.call(db, ops)
  }
  let closed = false
  const close = async () => {
    if (!closed) await node.close()
    closed = true
  }
  onTestFinished(close)
  return { node, disk, close }
}

async function* body(bytes: Uint8Array) {
  yield bytes
}
const add = (node: IpfsNode, account: string, bytes: Uint8Array) => node.add(account, body(bytes), 1)
const roots = (node: IpfsNode) => Array.fromAsync(node.pinned(), String)
const stays = async (node: IpfsNode, home: string) => ({
  pinned: await roots(node),
  blocks: (await blockFiles(home)).length,
  files: node.uploads().files,
})
const NOTHING = { pinned: [], blocks: 0, files: 0 }

it('a group of which every upload failed is not synced, and leaves no rejection that nobody awaits', async () => {
  const unawaited = vi.fn()
  const before = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', unawaited)
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection')
    for (const listener of before) process.on('unhandledRejection', listener)
  })
  const staged = { written: async () => [{ cid: 'a' as never, file: 'a' }], leave: vi.fn() }
  const broken = async () => Promise.reject(full())
  const steps = { adopt: async () => new Set<string>(), sync: async () => {}, delete: async () => {} }
  const pins = { isPinned: broken, rm: broken }
  const commitsOn = (blocks: object) =>
    createCommits({
      blocks: { ...steps, ...blocks } as never,
      pins,
      keeping: broken,
      sync: broken,
      inTurn: (work) => work(),
    })
  const naming = {
    adopt: async (_: unknown, fresh: (cid: unknown) => void) => {
      fresh('a')
      return new Set(['x'])
    },
  }
  for (const blocks of [{}, { adopt: broken }, { sync: broken }, naming, { ...naming, sync: broken }])
    await expect(commitsOn(blocks).add(staged, broken)).rejects.toMatchObject({ code: 'disk_full' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(unawaited).not.toHaveBeenCalled()
  // Whether a fresh block is pinned could not be read: the next start finds out.
  expect(staged.leave).toHaveBeenCalledTimes(2)
})

it('an upload whose last sync fails is refused, and nothing of it stays but what others keep', async () => {
  const home = await temporaryHome()
  const { node, disk } = await nodeOn(home)
  const shared = bytesOf(1_500_000, 401)
  await add(node, 'GA', shared)
  const before = await stays(node, home)
  disk.refuses = (key) => key === SYNCED
  for (const bytes of [bytesOf(3_000_000, 402), shared])
    await expect(add(node, 'GB', bytes)).rejects.toMatchObject({ code: 'disk_full' })
  expect(await stays(node, home)).toEqual(before)
  expect(await readdir(join(home, 'incoming'))).toEqual([])
  disk.refuses = () => false
  await add(node, 'GB', bytesOf(3_000_000, 402))
  expect(node.uploads().files).toBe(2)
})

it.each([
  ['in the middle of a pin', (n: number) => n === 2],
  ['before the name of the pin', (_: number, key: string) => key.startsWith('/pin/')],
])('a disk that is full %s leaves no half of it', async (_when, fails) => {
  const home = await temporaryHome()
  const { node, disk } = await nodeOn(home)
  let pinned = 0
  let failed = false
  disk.refuses = (key) => {
    if (key.startsWith('/pinned-block/')) pinned++
    failed ||= fails(pinned, key)
    const refused = failed
    // Room again for what takes it back.
    if (refused) disk.refuses = () => false
    return refused
  }
  await expect(add(node, 'GA', bytesOf(3_000_000, 403))).rejects.toMatchObject({ code: 'disk_full' })
  expect(failed).toBe(true)
  expect(await stays(node, home)).toEqual(NOTHING)
})

it.each([
  ['at the sync', (key: string) => key === SYNCED],
  ['at the name of the pin', (key: string) => key.startsWith('/pin/')],
])('what a disk that stays full %s keeps from being taken back goes with the next start', async (_when, fails) => {
  const home = await temporaryHome()
  const first = await nodeOn(home)
  const kept = await add(first.node, 'GA', bytesOf(1_500_000, 404))
  const before = await stays(first.node, home)
  let since = false
  first.disk.refuses = (key) => {
    since ||= fails(key)
    return since
  }
  for (const seed of [405, 406])
    await expect(add(first.node, 'GB', bytesOf(3_000_000, seed))).rejects.toMatchObject({ code: 'disk_full' })
  first.disk.refuses = () => false
  await first.close()

  const { node } = await nodeOn(home)
  // What was counted and pinned, and could not be uncounted, is whole: it stays until it is let go as any upload.
  for (const cid of await roots(node))
    if (cid !== kept.cid) {
      expect(await node.keeps('GB', cid)).toBe(true)
      await node.unkeep('GB', cid, false)
    }
  expect(await stays(node, home)).toEqual(before)
  expect(await readdir(join(home, 'incoming'))).toEqual([])
})
