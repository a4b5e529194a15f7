/** Records after a write that a full disk cut off: refused until there is room, then in a new log, so that a start finds them. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LevelDatastore } from 'datastore-level'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryHome } from '../harness.ts'
import { guardWrites } from './guard.ts'

const VALUE = new Uint8Array(10)

it('a write that failed lets none be acknowledged before there is room and a new log', async () => {
  const path = join(await temporaryHome(), 'datastore')
  const { db } = new LevelDatastore(path)
  await db.open()
  onTestFinished(() => db.close())
  const { put } = db
  let full = false
  db.put = (async (...given: Parameters<typeof put>) => {
    if (full) throw new Error('IO error: No space left on device')
    return put.apply(db, given)
  }) as typeof put
  let free = 0
  guardWrites(db, async () => free)
  const log = async () => (await readdir(path)).filter((name) => name.endsWith('.log'))

  await db.put('before', VALUE)
  const first = await log()
  full = true
  await expect(db.put('cut off', VALUE)).rejects.toThrow('No space left')
  full = false
  // The disk would take it: LevelDB would put it where no start reads.
  await expect(db.put('too early', VALUE)).rejects.toMatchObject({ code: 'disk_full' })
  await expect(db.batch([{ type: 'del', key: 'before' }])).rejects.toMatchObject({ code: 'disk_full' })
  expect(await db.get('before')).toBeDefined()
  expect(await log()).toEqual(first)

  free = 1e9
  await Promise.all([db.put('a', VALUE), db.batch([{ type: 'put', key: 'b', value: VALUE }])])
  expect(await log()).not.toEqual(first)
  await db.close()
  await db.open()
  expect(await db.keys().all()).toEqual(expect.arrayContaining(['a', 'b', 'before']))
})
