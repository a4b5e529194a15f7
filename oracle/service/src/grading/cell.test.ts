/** Whoever takes a grading process over finds no key, no file, no socket and no program, as far as this machine can hold it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cell, openCell, plainCell } from './cell.ts'
import { notIsolated } from './isolation.ts'
import { createPool } from './pool.ts'

let folder: string
let servers: Server[]
let question: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oracle-cell-'))
  const secret = join(folder, 'oracle.key')
  const socket = join(folder, 'db.sock')
  await writeFile(secret, 'S…', { mode: 0o600 })
  servers = [createServer(), createServer()]
  await new Promise<void>((resolve) => servers[0]!.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => servers[1]!.listen(socket, resolve))
  const { port } = servers[0]!.address() as { port: number }
  question = JSON.stringify({ parent: process.pid, port, socket, secret })
})
afterAll(async () => {
  for (const server of servers) server.close()
  await rm(folder, { recursive: true, force: true })
})

async function exploited(cell: Cell): Promise<string[]> {
  const script = new URL('./pool.fixture.ts', import.meta.url)
  const pool = createPool<string, string[]>({ script, size: 1, memoryMb: 128, seconds: 60, cell })
  try {
    return await pool.run(question)
  } finally {
    pool.close()
  }
}

test('a machine too busy to answer the first trial is tried again, processes of before are replaced, and what is required waits', async () => {
  const stop = new AbortController()
  let ready = false
  const probeMs = () => (ready ? 240_000 : 0)
  const policy = { firstMs: 20, capMs: 50 }
  const cell = await openCell(folder, silentLog, { required: 'permissions', probeMs, policy, signal: stop.signal })
  const script = new URL('./pool.fixture.ts', import.meta.url)
  const loose = {
    ...plainCell,
    refusal: () => undefined,
    get kind() {
      return kind
    },
  }
  let kind = plainCell.kind
  const pools = [cell, loose].map((one) =>
    createPool<string, unknown>({ script, size: 1, memoryMb: 128, seconds: 120, cell: one }),
  )
  try {
    expect(cell.isolation).toBeUndefined()
    await expect(pools[0]!.run('a')).rejects.toMatchObject({ code: 'not_isolated', retryable: true })
    ready = true
    await vi.waitUntil(() => cell.refusal() === undefined, { timeout: 240_000 })
    expect(cell.isolation).toMatchObject({ files: true, programs: true, parent: true })
    expect(await pools[0]!.run('a')).toEqual(['a', 1])
    expect([await pools[1]!.run('a'), await pools[1]!.run('b')]).toEqual([
      ['a', 1],
      ['b', 2],
    ])
    kind = 'namespaces'
    expect(await pools[1]!.run('c')).toEqual(['c', 1])
  } finally {
    stop.abort()
    for (const pool of pools) pool.close()
  }
})

test.each([
  ['none', undefined, true],
  ['permissions', undefined, false],
  ['permissions', { by: 'permissions', network: false }, true],
  ['permissions', { by: 'permissions', network: false, files: false }, false],
  ['namespaces', { by: 'permissions', network: true }, false],
  ['namespaces', { by: 'bubblewrap', network: false }, false],
  ['namespaces', { by: 'namespaces', network: true }, true],
] as const)('with REQUIRE_ISOLATION=%s and %o grading goes on: %s', (required, seen, goes) => {
  const isolation = seen && { files: true, programs: true, parent: true, ...seen }
  expect(notIsolated(required, isolation) === undefined).toBe(goes)
})

test("Node's permissions alone keep files, programs and the parent's environment from it; of sockets nothing is claimed", async () => {
  const got = await exploited(plainCell)
  expect(got.filter((one) => !one.endsWith('socket'))).toEqual([])
})

test('where the machine has namespaces it gets nothing at all, and the oracle says what it saw', async () => {
  const cell = await openCell(folder, silentLog)
  const { isolation } = cell
  const got = await exploited(cell)
  expect(isolation).toMatchObject({ files: true, programs: true, parent: true })
  if (isolation?.network) expect(got).toEqual([])
  // Said only where it holds.
  expect(isolation?.network).toBe(!got.some((one) => one.endsWith('socket')))
  if (isolation?.by === 'permissions')
    console.warn('This machine has no namespaces: the sockets of a worker are not tested.')
})
