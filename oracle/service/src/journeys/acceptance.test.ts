/** Which challenges an oracle takes, and what it says of those that it does not. */

import { acceptChallenge, invoke } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Manifest } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Status } from '../api/status.ts'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { type ChallengeOptions, startWorld, statusOf, type World } from './world.ts'

let world: World
let oracle: RunningOracle

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle(undefined, { feeMin: 100n })
})
afterAll(() => world?.close())

const status = () => statusOf(oracle)

async function refusalOf(options: Partial<ChallengeOptions>): Promise<string | undefined> {
  const id = await world.challenge({ oracles: [oracle.address], oracle_fee: 100n, feeBudget: 10_000n, ...options })
  const decision = async () => {
    const refusal = (await status()).refused.find(({ challenge }) => challenge === id)
    const [accepted] = (await world.state(id)).accepted
    return (refusal !== undefined || accepted !== 0) && { code: refusal?.code, accepted }
  }
  const { code, accepted } = await until(decision, { what: `a decision on challenge ${id}` })
  expect(accepted).toBe(code === undefined ? 1 : 0)
  return code
}

test('it registers itself with its key and says who it is', async () => {
  expect(await status()).toMatchObject({
    address: oracle.address,
    keyVersion: 1,
    key: expect.stringMatching(/^age1/),
    fee: '100',
    rules: ['Bounty', 'Ranked', 'PerUnit', 'Earnings'],
    contract: world.contract,
    upstreams: { rpc: null, ipfs: null },
  })
  expect((await fetch(`${oracle.url}/health`)).status).toBe(200)
  expect((await fetch(`${oracle.url}/status`)).headers.get('access-control-allow-origin')).toBe('*')
})

test('a sound challenge is accepted and listed', async () => {
  expect(await refusalOf({})).toBeUndefined()
  await until(async () => (await status()).accepted.length > 0, { what: 'the challenge to be listed' })
})

test('a baseline file is graded and has to have the score that is claimed for it', async () => {
  const csv = new TextEncoder().encode(`id,label\n${Array.from({ length: 30 }, (_, row) => `r${row},a`).join('\n')}\n`)
  const cid = await world.publisher(world.maker)(csv)
  const dataset = {
    name: 'baseline',
    role: 'other',
    cid,
    sha256: '0'.repeat(64),
    bytes: csv.length,
    version: 1,
  } as const
  const withScore = (score: number) => ({
    edit: (manifest: Manifest) => ({
      ...manifest,
      datasets: [{ ...dataset, previous: null, mediaType: 'text/csv' }],
      baseline: { description: 'Always the first letter.', score, dataset: 'baseline' },
    }),
  })
  expect(await refusalOf(withScore(0.3333))).toBeUndefined()
  expect(await refusalOf(withScore(0.5))).toBe('baseline_differs')
})

test.each([
  ['fee_too_low', { oracle_fee: 99n }],
  ['threshold_unreachable', { threshold: 10_000_001n }],
  ['direction_wrong', { direction: 1 }],
  ['truth_invalid', { csv: 'id,label\nr0,a\nr0,b\n' }],
  ['other_maker', { boundTo: 'GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF' }],
  ['not_sealed', { sealedTruth: new Uint8Array(4_000) }],
  ['metric_unknown', { edit: (m: Manifest) => ({ ...m, metric: { id: 'guesswork', params: {}, version: 1 } }) }],
  ['commitment_mismatch', { truth: new Uint8Array(32) }],
  ['bad_manifest', { edit: (m: Manifest) => ({ ...m, opens: { truth: true, submissions: 'none' } }) }],
] satisfies [string, Partial<ChallengeOptions>][])('%s is refused, in public', async (code, options) => {
  expect(await refusalOf(options)).toBe(code)
})

test('a rule that it does not serve is refused with its name, and holds up nothing else', async () => {
  expect(await refusalOf({ payout: { tag: 'Earnings', values: undefined } })).toBe('rule_not_supported')
  expect((await status()).refused.some(({ message }) => message.includes('pays by Earnings'))).toBe(true)
  expect(await refusalOf({})).toBeUndefined()
})

test('a challenge that another program accepted with this key is left alone', async () => {
  const operator = await world.person()
  const other = await world.oracle(operator.secret())
  const id = await world.challenge({ oracles: [other.address], payout: { tag: 'Earnings', values: undefined } })
  const key = { key: new Uint8Array(32).fill(7), shares: Uint8Array.of(1) }
  await invoke(world.chain, acceptChallenge({ oracle: other.address, challenge: id, ...key }), operator, { pollMs: 50 })
  // What it does serve, created later, is graded.
  const next = await world.challenge({ oracles: [other.address] })
  await world.accepted(next)
  const solver = await world.person()
  await world.enter(next, solver, await world.seal(next, solver, predictions(1)))
  await world.concluded(next, 1)
  expect((await world.state(id)).tallies[0]).toMatchObject({ votes: 0 })
})

test('an oracle that answers at another address registers it with a new key and still reads the old one', async () => {
  const secret = (await world.person()).secret()
  const first = await world.oracle(secret)
  const id = await world.challenge({ oracles: [first.address] })
  await world.accepted(id)
  const solver = await world.person()
  await first.close()
  const second = await world.oracle(secret, { publicUrl: 'http://moved.example' })
  const moved = (await (await fetch(`${second.url}/status`)).json()) as Status
  expect(moved).toMatchObject({ keyVersion: 2, url: 'http://moved.example' })
  await world.enter(id, solver, await world.seal(id, solver, 'id,label\n'))
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ reason: 43 })
})
