/** What one oracle has, all have: files handed to one of them reach the others, also after it voted that they are not to be had. */
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { computeCid, fetchCid } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueLine } from '../api/queue-view.ts'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { carOf } from './files.ts'
import { startWorld, type World } from './world.ts'

let world: World
let oracles: RunningOracle[]
const secrets: string[] = []

beforeAll(async () => {
  world = await startWorld()
  oracles = []
  for (let count = 0; count < 3; count++) {
    const secret = (await world.person()).secret()
    secrets.push(secret)
    oracles.push(await world.oracle(secret))
  }
})
afterAll(() => world?.close())

const addresses = () => oracles.map(({ address }) => address)
const lineOf = async ({ url }: RunningOracle, challenge: number, number: number) =>
  ((await (await fetch(`${url}/v1/queue`)).json()) as QueueLine[]).find(
    (line) => line.challenge === challenge && line.number === number,
  )

async function put({ url }: RunningOracle, cid: string, body: Uint8Array<ArrayBuffer>) {
  const answer = await fetch(`${url}/v1/content/${cid}`, { method: 'PUT', body })
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}

test('a file that one oracle was handed is fetched from it by the others, and by anybody', async () => {
  const id = await world.challenge({ oracles: addresses() })
  await world.accepted(id)
  const solver = await world.person()
  const file = await world.seal(id, solver, predictions(1))
  await world.enter(id, solver, file, { to: [oracles[1]!.url] })
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  const read = await fetchCid(file.cid, { gateways: [oracles[1]!.url], maxBytes: 1_000_000 })
  expect(read).toEqual(file.sealed)
  const car = await fetch(`${oracles[1]!.url}/v1/content/${file.cid}?format=car`)
  expect(car.headers.get('cache-control')).toContain('immutable')
  expect(new Uint8Array(await car.arrayBuffer())).toEqual(await carOf(file.sealed))
})

test('nothing is taken but what the ledger names, and only as it is', async () => {
  const id = await world.challenge({ oracles: addresses() })
  await world.accepted(id)
  const solver = await world.person()
  const file = await world.seal(id, solver, predictions(2))
  const other = crypto.getRandomValues(new Uint8Array(5_000))
  expect(await put(oracles[0]!, await computeCid(other), await carOf(other))).toEqual([404, 'not_named'])
  await world.enter(id, solver, file, { to: [] })
  expect(await put(oracles[0]!, file.cid, await carOf(other))).toEqual([400, 'bad_car'])
  expect(await put(oracles[0]!, file.cid, file.sealed)).toEqual([400, 'bad_car'])
  expect((await fetch(`${oracles[0]!.url}/ipfs/${file.cid}`)).status).toBe(404)
  expect(await put(oracles[0]!, file.cid, await carOf(file.sealed))).toEqual([201, undefined])
  expect(await put(oracles[0]!, file.cid, await carOf(file.sealed))).toEqual([200, undefined])
  await world.concluded(id, 1)
})

test('an oracle that voted unavailable improves its vote when it gets the file, and hands it on to one that comes later', async () => {
  const id = await world.challenge({ oracles: addresses(), patience: 60n })
  await world.accepted(id)
  await oracles[1]!.close()
  await oracles[2]!.close()
  const solver = await world.person()
  const file = await world.seal(id, solver, predictions(3))
  await world.enter(id, solver, file, { to: [] })
  await until(async () => ((await lineOf(oracles[0]!, id, 1))?.attempts ?? 0) >= 3, { what: 'three attempts' })
  expect((await world.submission(id, solver)).votes).toEqual([])
  await world.devnet.warp(61)
  const vote = async () => (await world.submission(id, solver)).votes[0]?.verdict
  await until(async () => (await vote()) === Verdict.Unavailable, { what: 'a vote that it is unavailable' })
  await until(async () => (await lineOf(oracles[0]!, id, 1))?.voted === 'unavailable', { what: 'the queue to say so' })
  await world.handOut(oracles[0]!.url, solver, file)
  await until(async () => (await vote()) === Verdict.Scored, { what: 'the improved vote' })
  oracles[1] = await world.oracle(secrets[1])
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  expect((await world.state(id)).tallies[0]).toMatchObject({ votes: 1, unavailable: 0, agreed: 1 })
})
