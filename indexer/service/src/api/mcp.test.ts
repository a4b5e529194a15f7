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
  // A tool has one form.
  expect(tools.filter(({ description }) => /csv|parquet|event-stream/i.test(description ?? ''))).toEqual([])
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
  ['get_challenges_id', {}, /needs id/],
  ['get_challenges_id_submissions', { id: '..' }, /needs id/],
  ['get_challenges_id_submissions', { id: '.' }, /needs id/],
  ['get_challenges', { bogus: 1 }, /bogus/],
  ['get_challenges', { q: { text: 'penguins' } }, /q must be text/],
  ['get_challenges', { limit: [1, 2] }, /limit must be text/],
  ['get_nothing', {}, /no tool/],
])('%s %j is refused in words', async (name, args, why) => {
  const { isError, content } = await call(name, args)
  expect(isError).toBe(true)
  expect(JSON.stringify(content)).toMatch(why)
})

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-06-18',
}
const message = (method: string, params: object = {}) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const GET_TOTALS = message('tools/call', { name: 'get_totals', arguments: {} })

function limited(perMinute: number, proxies: number) {
  const app = createApp({ ...api.deps, clients: { perMinute, proxies, remoteOf: () => '10.0.0.1' } })
  const send = (body: string, from: string) =>
    app.request('/mcp', { method: 'POST', headers: { ...HEADERS, 'x-forwarded-for': from }, body })
  return { app, send }
}

test('a tool counts as the request that it is, once, and so does every other message', async () => {
  const { app, send } = limited(4, 0)
  for (const body of [GET_TOTALS, message('tools/list'), GET_TOTALS]) {
    const answer = await send(body, '')
    expect([answer.status, (await answer.text()).includes('"isError":true')]).toEqual([200, false])
  }
  expect((await app.request('/v1/totals')).headers.get('ratelimit')).toMatch(/r=0;/)
  const refused = await send(GET_TOTALS, '')
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
})

test('behind a proxy each client has its own limit, by tools as by paths', async () => {
  const { app, send } = limited(2, 1)
  for (let n = 0; n < 3; n++) expect((await send(GET_TOTALS, '198.51.100.1')).status).toBe(n < 2 ? 200 : 429)
  const answer = await send(GET_TOTALS, '203.0.113.9')
  expect([answer.status, (await answer.text()).includes('"isError":true')]).toEqual([200, false])
  const again = await app.request('/v1/totals', { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(again.headers.get('ratelimit')).toMatch(/r=0;/)
})

test('llms.txt names every path that is read', async () => {
  const response = await api.request('/llms.txt')
  const text = await response.text()
  expect(text).toMatch(/^# StellarTrain indexer\n\n> Read-only/)
  for (const path of ['/v1/challenges', '/v1/challenges/{id}/scores', '/v1/statistics', '/v1/badges/{id}'])
    expect(text).toContain(`[GET ${path}](/openapi.json): `)
  expect(text).not.toContain('/v1/webhooks')
})
