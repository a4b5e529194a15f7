/** A maker publishes a new version of a data set for a new challenge; everybody sees which versions there are, and what changed. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diffDatasets } from '../challenge/dataset-diff.ts'
import { bytes, planOf, startWorld, type World } from '../testing/world.ts'

let world: World
let maker: Keypair
let first: number
let second: number

const V1 = 'id,size,color\n1,10,red\n2,20,blue\n3,30,green\n'
const V2 = 'id,size,weight\n1,10,5\n3,31,6\n4,40,7\n5,50,8\n'

beforeAll(async () => {
  world = await startWorld()
  const oracle = await world.oracle()
  maker = await world.fixture.person()
  const { datasets } = planOf([oracle], { deadline: new Date() })
  const train = { name: 'train.csv', role: 'train' as const }
  first = await world.open(maker, [oracle], { datasets: [...datasets, { ...train, bytes: bytes(V1) }] })
  // Of another maker: it can claim what it wants, and is no version.
  await world.open(await world.fixture.person(), [oracle], {
    datasets: [
      ...datasets,
      { ...train, bytes: bytes('id\n9\n'), newVersionOf: { challenge: first, name: 'train.csv' } },
    ],
  })
  const newVersionOf = { challenge: first, name: 'train.csv' }
  second = await world.open(maker, [oracle], {
    datasets: [
      ...datasets.map((one) => ({ ...one, newVersionOf: { challenge: first, name: one.name } })),
      { ...train, bytes: bytes(V2), newVersionOf },
    ],
  })
})
afterAll(() => world.close())

test('versions are listed from whichever of them, and only those of the maker', async () => {
  for (const challenge of [first, second]) {
    const { code, out } = await world.run(maker, 'dataset', 'versions', String(challenge), 'train.csv', '--json')
    expect(code).toBe(0)
    const { datasets, unread } = JSON.parse(out)
    expect(unread).toEqual([])
    expect(datasets).toMatchObject([
      {
        name: 'train.csv',
        missing: null,
        versions: [
          { challenge: second, version: 2, previous: datasets[0].versions[1].cid, bytes: V2.length },
          { challenge: first, version: 1, previous: null, bytes: V1.length },
        ],
      },
    ])
  }
})

test('the same bytes are no new version', async () => {
  const { out } = await world.run(maker, 'dataset', 'versions', String(second), 'test.csv')
  expect(out).toMatch(/^test\.csv\n {2}version 1 [^\n]*\n[^\n]*\n$/)
})

test('two versions are compared by rows, columns and ids', async () => {
  const { out } = await world.run(maker, 'dataset', 'diff', String(second), 'train.csv')
  expect(out).toContain(`From version 1 of train.csv\n  to version 2 of train.csv in challenge ${second}\n`)
  expect(out).toContain('rows      3 → 4 rows')
  const from = await world.run(maker, 'dataset', 'diff', String(second), 'train.csv', '--from', `${first}/train.csv`)
  expect(from.out).toContain(`From version 1 of train.csv in challenge ${first}\n`)
  expect(out).toContain('added weight; removed color')
  expect(out).toMatch(/added {5}2: 4, 5\n {2}removed {3}1: 2\n {2}changed {3}1: 3\n {2}the same {2}1\n/)
  expect(await world.run(maker, 'dataset', 'diff', String(first), 'train.csv')).toMatchObject({
    code: 1,
    out: expect.stringContaining('first version'),
  })
  expect(await world.run(maker, 'dataset', 'diff', String(second), 'train.csv', '--id', 'nothing')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Rows are not compared'),
  })
})

test('a plan file names the version before; what it cannot be is said', async () => {
  const file = join(world.folder, 'plan.json')
  await writeFile(join(world.folder, 'new.csv'), V2)
  await world
    .run(maker, 'create', '--example', 'bounty')
    .then(({ out }) => writeFile(file, out.slice(0, out.lastIndexOf('}') + 1)))
  const plan = JSON.parse(await readFile(file, 'utf8'))
  plan.oracles = [maker.publicKey()]
  plan.datasets = [{ role: 'train', file: 'new.csv', newVersionOf: 'train.csv' }]
  await writeFile(file, JSON.stringify(plan))
  expect(await world.run(maker, 'create', file, '--check')).toMatchObject({
    code: 2,
    out: expect.stringContaining('"datasets.0.newVersionOf" of the plan is "train.csv": expected CHALLENGE/NAME'),
  })
})

test('what is no table is compared by size, and twice the same id names no row', () => {
  expect(diffDatasets(new Uint8Array([0, 255, 1]), bytes('a\n1\n'))).toMatchObject({ rows: null, ids: null })
  expect(diffDatasets(bytes('id,a\n1,2\n1,3\n'), bytes('id,a\n1,2\n'), 'id')).toMatchObject({
    rows: { before: 2, after: 1 },
    ids: null,
  })
})
