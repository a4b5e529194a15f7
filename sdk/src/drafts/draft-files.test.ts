import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fileDrafts } from './draft-files.ts'

test('calls that keep one draft at once all succeed, one of them whole, and leave nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stellartrain-drafts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { files } = fileDrafts(folder)
  const key = { network: 'Standalone', contract: `C${'A'.repeat(55)}`, challenge: 1, solver: 'G', attempt: 1 }
  const all = Array.from({ length: 40 }, (_, i) => new Uint8Array(50_000 + i).fill(i))
  await Promise.all(all.map((bytes) => files.keep(key, bytes)))
  const kept = (await files.read(key))!
  expect(kept).toEqual(all[kept.length - 50_000])
  expect(await readdir(folder)).toHaveLength(1)
})
