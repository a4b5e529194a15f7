/** What is lost is not known: neither denied nor made up out of what is left. */
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import type * as Api from './types.ts'

let chain: EventChain
let api: TestApi
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  for (const fees of [11n, 22n, 33n]) {
    chain.pass(5)
    chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 0n, fees })
  }
  api = await createTestApi(chain)
})
afterAll(() => api?.close())

const answerOf = async (path: string) => {
  const response = await api.request(path)
  const { code } = (await response.json()) as { code?: string }
  return code ?? response.status
}

test('a past with a hole is refused, and what was before the hole is served', async () => {
  const { ledger: last } = (await api.get<Api.Challenge>('/v1/challenges/1'))._meta
  const topUps = chain.events.filter(({ event }) => event.type === 'topped_up' && event.challenge === 1)
  const lost = topUps.at(-3)!.place
  const at = (ledger: number, id = 1) => `/v1/challenges/${id}?at_ledger=${ledger}`
  const before = await api.get<Api.Challenge>(at(lost.ledger - 1))
  await withClient(api.database.url, async (client) => {
    await client.query('delete from events where id = $1', [lost.id])
    await client.query(
      `insert into incomplete (challenge, state, reason, detail, since, as_of, unknown)
        values (1, 'recovered', 'gap', '', $1, $2, '{}')`,
      [lost.ledger, last],
    )
    await client.query('update sync set revision = revision + 1')
  })
  expect((await api.get<Api.Challenge>(at(lost.ledger - 1))).money).toEqual(before.money)
  for (const ledger of [lost.ledger, lost.ledger + 1, last]) expect(await answerOf(at(ledger))).toBe('not_known')
  expect(await answerOf(at(before.createdLedger! - 1))).toBe('not_found')
  expect(await answerOf(at(last, 2))).toBe(200)
})

test('files say whether they are whole, and which challenges are not', async () => {
  const files = async () => {
    const [csv, parquet] = [await api.request('/v1/challenges.csv'), await api.request('/v1/challenges.parquet')]
    const mark = (name: string) => [csv, parquet].map(({ headers }) => headers.get(`x-stellartrain-${name}`))
    const file = await parquet.arrayBuffer()
    const about = parquetMetadata(file).key_value_metadata ?? []
    return {
      ...{ ledger: mark('ledger'), whole: mark('whole'), verified: mark('verified-ledger') },
      about: Object.fromEntries(about.map(({ key, value }) => [key, value])),
      rows: await parquetReadObjects({ file, columns: ['id', 'completeness'] }),
      first: (await csv.text()).split('\r\n', 1)[0],
    }
  }
  const change = (statement: string) => withClient(api.database.url, (client) => client.query(statement))
  await change(
    'delete from incomplete; update sync set revision = revision + 1, verified_ledger = ledger, challenges = (select count(*) from challenges)',
  )
  const { _meta } = await api.get<Api.ChallengePage>('/v1/challenges')
  const ledger = String(_meta.ledger)
  expect(await files()).toMatchObject({
    ...{ ledger: [ledger, ledger], whole: ['true', 'true'], verified: [ledger, ledger] },
    about: {
      ...{ 'stellartrain.whole': 'true', 'stellartrain.ledger': ledger, 'stellartrain.verified_ledger': ledger },
      ...{ 'stellartrain.contract': _meta.contract, 'stellartrain.network': _meta.network },
    },
    first: expect.stringMatching(/,completeness$/),
  })
  await change(
    "insert into incomplete (challenge, state, reason, detail, since) values (2, 'partial', 'gap', '', 1000); update sync set revision = revision + 1, verified_ledger = null",
  )
  const short = await files()
  expect(short).toMatchObject({
    whole: ['false', 'false'],
    verified: [null, null],
    about: { 'stellartrain.whole': 'false' },
  })
  expect(short.about).not.toHaveProperty('stellartrain.verified_ledger')
  expect(short.rows.filter(({ completeness }) => completeness !== null)).toEqual([{ id: 2n, completeness: 'partial' }])
  const known = { 'if-none-match': (await api.request('/v1/challenges.csv', { method: 'HEAD' })).headers.get('etag')! }
  const unchanged = await api.request('/v1/challenges.csv', { headers: known })
  expect([unchanged.status, unchanged.headers.get('x-stellartrain-whole')]).toEqual([304, 'false'])
  await change('delete from incomplete; update sync set revision = revision + 1, verified_ledger = ledger')
})

test('who has no row may be registered once events are lost', async () => {
  const address = STORY.maker
  await withClient(api.database.url, (client) =>
    client.query('delete from incomplete; update sync set revision = revision + 1'),
  )
  const tx = `/v1/transactions/${'ab'.repeat(32)}`
  expect([await answerOf(`/v1/oracles/${address}`), await answerOf(tx)]).toEqual(['not_found', 'not_found'])
  await withClient(api.database.url, (client) =>
    client.query(
      "insert into gaps (from_ledger, to_ledger, reason) values (990, 995, 'lost'); update sync set revision = revision + 1",
    ),
  )
  expect([await answerOf(`/v1/oracles/${address}`), await answerOf(tx)]).toEqual(['not_known', 'not_known'])
})
