/** A grading process ends with its oracle, however that ends and whatever it does: nobody else would end it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { cellsOf } from './cell.ts'

const PATIENCE = { timeout: 240_000, interval: 100 }
const ENDLESS = new URL('./endless.fixture.ts', import.meta.url)

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-cell-end-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Processes that run the endless script of this checkout, or make a cell for it. */
function running(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(fileURLToPath(ENDLESS))
    } catch {
      return false
    }
  })
}

/** This process and all that it started. */
function tree(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean)
    return [pid, ...children.flatMap((child) => tree(Number(child)))]
  } catch {
    return []
  }
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return false
  }
}

const KINDS = process.platform === 'linux' ? cellsOf('').map(({ kind }) => kind) : []

test.each(
  KINDS.flatMap((kind) => (['SIGKILL', 'SIGTERM', 'SIGABRT'] as const).map((signal) => [kind, signal] as const)),
)('in a cell of %s, where its oracle ends by %s', async (kind, signal) => {
  const script = fileURLToPath(new URL('./parent.fixture.ts', import.meta.url))
  const args = ['--conditions=stellartrain-source', script, kind, await temporary()]
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = await Promise.race([once(parent.stdout, 'data'), once(parent, 'exit')])
  // This machine has no such cell.
  if (String(said) !== 'endless\n') return
  const all = tree(parent.pid!)
  expect(all.length).toBeGreaterThan(1)
  parent.kill(signal)
  await vi.waitUntil(() => !all.some(lives), PATIENCE)
})

test.each(KINDS)('in a cell of %s that is ended while it is being made', async (kind) => {
  const folder = await temporary()
  const cell = cellsOf(folder).find((one) => one.kind === kind)!
  for (const delayMs of [0, 5, 15, 40, 100]) {
    const child = cell.start(ENDLESS, 64)
    const ended = once(child, 'exit').catch(() => {})
    child.on('error', () => {})
    child.post('begin', 100)
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    child.kill('SIGKILL')
    await ended
  }
  await vi.waitUntil(() => running().length === 0, PATIENCE)
})
