/** What an oracle was handed for earnings is found by its file, its labeler and its name, also after a restart. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Held, openWorkStore } from './store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'work-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const damaged = () => {
  throw new Error('The journal is damaged.')
}
const sealed = new TextEncoder().encode('sealed')
const [one, other] = [Keypair.random().publicKey(), Keypair.random().publicKey()]

function held(labeler: string, attempt: number, file: string, time = 1_000): Held {
  const work = { reason: 0, message: '', layer: 1, expires: 1_900, ids: ['a'], answers: ['x'], known: [] }
  const said = { labeler, attempt, units: 1, commitment: '1'.repeat(64), sha256: file.repeat(64) }
  return { batch: { ...said, signature: '2'.repeat(128) }, time, work }
}

test('batches are found by labeler and by name in the order in which they came, and a file that came twice is found once', async () => {
  const store = await openWorkStore(folder, 7, damaged)
  const [second, theirs, first, device] = [held(one, 2, 'a'), held(other, 1, 'b'), held(one, 1, 'c'), held(one, 1, 'd')]
  for (const batch of [second, theirs, first, device]) await store.add(batch, sealed)
  const again = held(one, 2, 'a', 1_001)
  await store.add(again, sealed)

  for (const found of [store, await openWorkStore(folder, 7, damaged)]) {
    expect(found.ofLabeler(one)).toEqual([again, first, device])
    expect(found.ofLabeler(other)).toEqual([theirs])
    expect(found.named({ labeler: one, attempt: 1 })).toEqual([first, device])
    expect(found.named({ labeler: one, attempt: 2 })).toEqual([again])
    expect(found.named({ labeler: other, attempt: 2 })).toEqual([])
    expect(found.ofLabeler(Keypair.random().publicKey())).toEqual([])
    expect([...found.batches.values()]).toEqual([again, theirs, first, device])
  }
})
