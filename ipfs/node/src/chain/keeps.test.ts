/** What a challenge keeps ends at its quota, and what its people keep beside is little. */
import { join } from 'node:path'
import { LevelDatastore } from 'datastore-level'
import { expect, it, onTestFinished } from 'vitest'
import { manifestNaming } from '../chain-harness.ts'
import { temporaryHome } from '../harness.ts'
import { createRecords } from '../store/records.ts'
import { quotaOf } from './challenges.ts'
import { ledgerKeeps } from './keeps.ts'

const MIB = 1024 ** 2

it('keeps what a manifest names up to the quota, each file once, and of its people 64 MiB beside', async () => {
  const datastore = new LevelDatastore(join(await temporaryHome(), 'datastore'))
  await datastore.open()
  onTestFinished(() => datastore.close())
  async function* challenges() {
    yield { id: 1, manifestCid: 'manifest', until: 9, maker: 'M', oracles: ['O'] }
  }
  const keeps = await ledgerKeeps(
    {
      names: { all: async () => [] } as never,
      records: createRecords(datastore.db),
      challenges: challenges(),
      manifest: async () => manifestNaming('O', 'truth', { one: 'one', two: 'two' }),
      challengeBytes: () => 100 * MIB,
    },
    0,
  )
  const kept = (account: string, cid: string, mib: number) => keeps.keeps({ account, cid, bytes: mib * MIB, at: 0 })
  expect(await kept('S', 'one', 90)).toBe(true)
  expect(await kept('T', 'one', 90), 'the same file of another').toBe(true)
  expect(await kept('S', 'two', 90), 'more than a challenge may have').toBe(false)
  expect(await kept('S', 'truth', 10)).toBe(true)
  expect(await kept('S', 'manifest', 1)).toBe(true)
  expect(await kept('S', 'other', 1)).toBe(false)
  expect(await kept('M', 'draft', 60)).toBe(true)
  expect(await kept('M', 'another', 60)).toBe(false)
  expect(await kept('O', 'report', 60)).toBe(true)
})

it('a challenge keeps the whole quota where the operator knows one of its oracles, and a little where it may be its maker', () => {
  const quota = (oracles: string[], known: string[]) => quotaOf({ oracles }, known, 2_000 * MIB) / MIB
  expect(quota(['O'], [])).toBe(2_000)
  expect(quota(['M', 'O', 'P'], ['O'])).toBe(2_000)
  expect(quota(['M'], ['O'])).toBe(64)
  expect(quotaOf({ oracles: ['M'] }, ['O'], MIB) / MIB).toBe(1)
})
