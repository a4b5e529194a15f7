/** A disk without room and a grading process in a stranger's hands: the next solver is paid all the same. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Grader } from '../grading/grader.ts'
import { createPool } from '../grading/pool.ts'
import { predictions } from './data.ts'
import { startWorld, statusOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

/** A file system of 256 KB; undefined where none can be mounted, which takes root. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-full-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', folder])
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return status === 0 ? folder : undefined
}

test('an oracle whose disk is full grades, votes and publishes its report', async ({ skip }) => {
  const home = smallDisk()
  if (home === undefined) return skip('no file system can be mounted here')
  const oracle = await world.oracle(undefined, { home })
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const fill = () => {
    for (let file = 0, size = 65_536; size >= 1; )
      try {
        writeFileSync(join(home, `filler-${file++}`), new Uint8Array(size))
      } catch {
        size = Math.floor(size / 2)
      }
  }
  fill()
  expect(statfsSync(home).bavail).toBe(0)
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  // Out of memory, for the disk took nothing.
  await expect.poll(async () => (await statusOf(oracle)).undelivered.documents).toBe(0)
  expect(statfsSync(home).bavail).toBe(0)
  expect((await fetch(`${oracle.url}/ready`)).ok).toBe(true)
  await oracle.close()
})

/** Whatever a stranger's file does to a real grading process: it ends it, keeps it, fills its memory or answers nonsense. */
function taken(honest: Grader, stranger: string): Grader {
  const script = new URL('../grading/pool.fixture.ts', import.meta.url)
  const pool = createPool<string, never>({ script, size: 1, memoryMb: 64, seconds: 2 })
  const ways = ['exit', 'loop', 'eat', 'refuse']
  let tried = 0
  return {
    ...honest,
    grade: (entry, inputs, file) =>
      entry.solver === stranger ? pool.run(ways[tried++ % ways.length]!) : honest.grade(entry, inputs, file),
    close() {
      pool.close()
      honest.close()
    },
  }
}

test('a grading process that a file takes over holds nobody else up for longer than the patience', async () => {
  const [stranger, solver] = [await world.person(), await world.person()]
  const oracle = await world.oracle(undefined, { grading: (honest) => taken(honest, stranger.publicKey()) })
  const id = await world.challenge({ oracles: [oracle.address], patience: 3n })
  await world.accepted(id)
  await world.enter(id, stranger, await world.seal(id, stranger, predictions(2)))
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  await expect.poll(async () => (await world.submission(id, solver)).flags & FLAG.prizePaid).toBe(FLAG.prizePaid)
  expect(await world.submission(id, stranger)).toMatchObject({ verdict: Verdict.Unavailable })
  expect((await fetch(`${oracle.url}/ready`)).ok).toBe(true)
  await oracle.close()
})
