/** The MCP server as its official client meets it, and `llms.txt`: both of them are the OpenAPI document in another form. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { createApp } from './app.ts'
import { openApiDocument } from './openapi.ts'
import type * as Api from './types.ts'

let api: TestApi
let client: Client
beforeAll(async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  client = await connected({})
})
afterAll(async () => {
  await client?.close()
  await api?.close()
})

async function connected(change: Partial<TestApi['deps']>): Promise<Client> {
  const app = createApp({ ...api.deps, ...change })
  const one = new Client({ name: 'test', version: '1' })
  const ask = async (url: string | URL, init?: RequestInit) => app.request(new URL(url).pathname, init)
  await one.connect(new StreamableHTTPClientTransport(new URL('http://index.test/mcp'), { fetch: ask }))
  return one
}

const call = (name: string, args: Record<string, unknown> = {}, from = client) =>
  from.callTool({ name, arguments: args })

test('there is a tool for each resource that is read, and for nothing else', async () => {
  const { tools } = await client.listTools()
  const { paths } = openApiDocument() as { paths: Record<string, object> }
  const names = tools.map(({ name }) => name)
  expect(names).toContain('get_challenges_id_leaderboard')
  expect(new Set(names).size).toBe(names.length)
  expect(names.some((name) => /webhooks|csv|parquet/.test(name))).toBe(false)
  const read = Object.keys(paths).filter((path) => path.startsWith('/v1/') && !/webhooks|\.(csv|parquet)$/.test(path))
  expect(names.length).toBe(read.length)
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
  const one = tools.find(({ name }) => name === 'get_challenges_id')!
  expect(one.inputSchema).toMatchObject({ required: ['id'], properties: { id: { type: 'integer' }, at_ledger: {} } })
})

test('a tool answers what its path does', async () => {
  const { structuredContent } = await call('get_challenges', { maker: STORY.maker, limit: 2 })
  const page = await api.get<Api.ChallengePage>(`/v1/challenges?maker=${STORY.maker}&limit=2`)
  expect(structuredContent).toMatchObject({ data: page.data, next: page.next })
  const second = await call('get_challenges', { maker: STORY.maker, limit: 2, cursor: page.next })
  expect((second.structuredContent as Api.ChallengePage).data).toHaveLength(2)
})

test.each([
  ['get_challenges_id', { id: 999 }, /not_found/],
  ['get_challenges_id', { id: '../accounts' }, /bad_request/],
  ['get_challenges_id', {}, /not_found|bad_request/],
  ['get_challenges', { bogus: 1 }, /bogus/],
  ['get_nothing', {}, /no tool/],
])('%s %j is refused in words', async (name, args, why) => {
  const { isError, content } = await call(name, args)
  expect(isError).toBe(true)
  expect(JSON.stringify(content)).toMatch(why)
})

test('a tool counts as the request that it is', async () => {
  const limited = await connected({ clients: { perMinute: 2, proxies: 0, remoteOf: () => '203.0.113.9' } })
  for (let n = 0; n < 2; n++) expect((await call('get_totals', {}, limited)).isError).toBeFalsy()
  const { isError, content } = await call('get_totals', {}, limited)
  expect(isError).toBe(true)
  expect(JSON.stringify(content)).toContain('too_many_requests')
  await limited.close()
})

test('llms.txt names every path that is read', async () => {
  const response = await api.request('/llms.txt')
  const text = await response.text()
  expect(text).toMatch(/^# StellarTrain indexer\n\n> Read-only/)
  for (const path of ['/v1/challenges', '/v1/challenges/{id}/scores', '/v1/statistics', '/v1/badges/{id}'])
    expect(text).toContain(`[GET ${path}](/openapi.json): `)
  expect(text).not.toContain('/v1/webhooks')
})
