/** A document is named at once, whatever the services do; it reaches them all in the end, also after a restart. */
import { link, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentError, computeCid } from '@stellartrain/ipfs-content'
import { silentLog } from '@stellartrain/service'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openOutbox } from './outbox.ts'

const until = (state: () => boolean | Promise<boolean>) => vi.waitUntil(state, { timeout: 240_000 })

let folder: string
let stop: AbortController
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oracle-outbox-'))
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await rm(folder, { recursive: true, force: true })
})

const bytes = (text: string) => new TextEncoder().encode(text)

/** A service that takes nothing until it is told to. */
function service(url: string) {
  const state = { open: false, asked: 0, has: new Set<string>() }
  const upload = async (document: Uint8Array<ArrayBuffer>) => {
    state.asked++
    if (!state.open) throw new ContentError('unavailable', 'Too many uploads at once.', { retryable: true })
    const cid = await computeCid(document)
    state.has.add(cid)
    return cid
  }
  return { state, target: { url, upload } }
}

const opened = (targets: ReturnType<typeof service>[], deliverMs = 60_000) =>
  openOutbox({
    folder,
    targets: targets.map(({ target }) => target),
    log: silentLog,
    now: Date.now,
    random: Math.random,
    deliverMs,
    policy: { firstMs: 1, capMs: 20 },
    signal: stop.signal,
  })

test('no publication waits for a service; one that is there gets it at once, the others later', async () => {
  const [one, two] = [service('http://one'), service('http://two')]
  const outbox = await opened([one, two])
  const cid = await outbox.publish(bytes('report'))
  expect(cid).toBe(await computeCid(bytes('report')))
  expect(await outbox.block(cid)).toEqual(bytes('report'))
  await until(() => one.state.asked > 2 && two.state.asked > 2)
  expect(outbox.undelivered()).toMatchObject({ count: 1 })
  expect(outbox.targets()[0]).toMatchObject({ url: 'http://one', error: { code: 'unavailable' } })
  two.state.open = true
  await until(() => two.state.has.has(cid))
  await until(() => outbox.undelivered().count === 0)
  expect(await outbox.block(cid)).toEqual(bytes('report'))
  one.state.open = true
  await until(() => one.state.has.has(cid))
  await until(async () => (await readdir(folder)).length === 0)
  expect(await outbox.block(cid)).toBeUndefined()
})

test('what was not delivered is sent by the next process', async () => {
  const closed = service('http://one')
  const cid = await (await opened([closed])).publish(bytes('report'))
  await until(() => closed.state.asked > 0)
  stop.abort()
  stop = new AbortController()
  const open = service('http://one')
  open.state.open = true
  await opened([open])
  await until(() => open.state.has.has(cid))
})

test('what has to be somewhere else first waits for one service, and fails retryably without any', async () => {
  const one = service('http://one')
  const outbox = await opened([one], 200)
  await expect(outbox.deliver(bytes('opening'))).rejects.toMatchObject({ code: 'not_delivered', retryable: true })
  one.state.open = true
  expect(await outbox.deliver(bytes('opening'))).toBe(await computeCid(bytes('opening')))
})

test('a document of several blocks is served block by block while it is on its way', async () => {
  const outbox = await opened([service('http://one')])
  const large = new Uint8Array(3_000_000).fill(7)
  const cid = await outbox.publish(large)
  expect((await outbox.block(cid))?.length).toBeGreaterThan(0)
  expect(await outbox.block(await computeCid(large.subarray(0, 1024 * 1024)))).toEqual(large.subarray(0, 1024 * 1024))
})

test('a document that cannot be read for a while is sent afterwards', async () => {
  const one = service('http://one')
  const outbox = await opened([one])
  const cid = await outbox.publish(bytes('report'))
  await until(() => one.state.asked > 0)
  // A name that leads to itself cannot be opened (ELOOP), also by root. It takes the document's place in one step: the outbox may look at any time.
  await link(join(folder, cid), join(folder, 'away'))
  await symlink(cid, join(folder, 'loop'))
  await rename(join(folder, 'loop'), join(folder, cid))
  await until(() => outbox.troubles()[0]?.code === 'unreadable')
  expect(await outbox.block(cid)).toBeUndefined()
  one.state.open = true
  expect(outbox.undelivered().count).toBe(1)
  await rename(join(folder, 'away'), join(folder, cid))
  expect(await outbox.block(cid)).toEqual(bytes('report'))
  await until(() => one.state.has.has(cid) && outbox.troubles().length === 0)
})

test('what the disk damaged is set aside and told, also by the next process, until it is published again', async () => {
  const one = service('http://one')
  const outbox = await opened([one])
  const cid = await outbox.publish(bytes('report'))
  await writeFile(join(folder, cid), 'something else')
  await until(() => outbox.troubles()[0]?.code === 'damaged')
  expect(outbox.undelivered().count).toBe(0)
  await until(async () => (await readdir(folder)).join() === `${cid}.damaged`)
  stop.abort()
  stop = new AbortController()
  const next = await opened([one])
  expect(next.troubles()).toEqual([{ cid, code: 'damaged' }])
  one.state.open = true
  await next.publish(bytes('report'))
  await until(async () => next.troubles().length === 0 && (await readdir(folder)).length === 0)
  expect(one.state.has.has(cid)).toBe(true)
})
