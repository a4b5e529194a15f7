/** Whoever takes a grading process over finds no key, no file, no socket and no program, as far as this machine can hold it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cell, openCell, plainCell } from './cell.ts'
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
