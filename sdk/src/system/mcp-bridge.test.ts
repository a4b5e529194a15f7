/** `stellartrain mcp` as the official client starts it, before a real API, and what it says of one that is not there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { type Listening, listen } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../indexer/service/src/api/app.ts'
import { createTestApi, type TestApi } from '../../../indexer/service/src/testing/api.ts'
import { createEventChain } from '../../../indexer/service/src/testing/chain.ts'
import { contractOf } from '../../../indexer/service/src/testing/random.ts'
import { tellStory } from '../../../indexer/service/src/testing/story.ts'
import { bridgeMcp } from './mcp-bridge.ts'

const BIN = fileURLToPath(new URL('../../bin/stellartrain.js', import.meta.url))

let api: TestApi
let server: Listening
beforeAll(async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  server = await listen(createApp(api.deps), { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server?.close()
  await api?.close()
})

const started = (apiUrl: string) => ({
  command: process.execPath,
  args: ['--conditions=stellartrain-source', BIN, 'mcp'],
  env: { PATH: process.env.PATH ?? '', API_URL: apiUrl },
})

test('the official client lists the tools of /mcp and calls them', async () => {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioClientTransport(started(server.url)))
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toContain('get_challenges_id_leaderboard')
  const { structuredContent } = await client.callTool({ name: 'get_challenges', arguments: { limit: 1 } })
  const page = await api.get<{ data: unknown[] }>('/v1/challenges?limit=1')
  expect(structuredContent).toMatchObject({ data: page.data })
  const refused = await client.callTool({ name: 'get_challenges_id', arguments: { id: 999 } })
  expect([refused.isError, JSON.stringify(refused.content)]).toEqual([true, expect.stringContaining('not_found')])
  await client.close()
})

test('it ends with its input, with 0, once everything is answered', async () => {
  const { command, args, env } = started(server.url)
  const child: ChildProcess = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const said: string[] = []
  child.stdout!.on('data', (piece) => said.push(String(piece)))
  const ended = new Promise((done) => child.on('exit', done))
  child.stdin!.end('{"jsonrpc":"2.0","id":7,"method":"tools/list"}\n')
  expect(await ended).toBe(0)
  const lines = said.join('').trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({ id: 7, result: { tools: expect.any(Array) } })
})

async function bridged(lines: string[], apiUrl = server.url): Promise<unknown[]> {
  const written: string[] = []
  async function* all() {
    yield* lines
  }
  const signal = new AbortController().signal
  await bridgeMcp({ lines: all(), write: (message) => written.push(message), apiUrl, signal })
  return written.map((message) => JSON.parse(message))
}

test('an API that is away, limits, and what is no message are told in words; of a notification nothing is', async () => {
  const call = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
  expect(await bridged([call], 'http://127.0.0.1:1')).toMatchObject([
    { id: 1, error: { code: -32_000, message: 'The API at http://127.0.0.1:1 does not answer.' } },
  ])
  expect(await bridged(['{"jsonrpc":"2.0","method":"notifications/initialized"}'], 'http://127.0.0.1:1')).toEqual([])
  expect(await bridged(['not a message', '', '7'])).toMatchObject([
    { id: null, error: { code: -32_700 } },
    { id: null, error: { code: -32_700 } },
  ])
  const clients = { perMinute: 1, proxies: 0, remoteOf: () => '10.0.0.1' }
  const limited = await listen(createApp({ ...api.deps, clients }), { host: '127.0.0.1', port: 0 })
  const answers = await bridged([call, call], limited.url)
  expect(answers.filter((answer) => 'error' in (answer as object))).toMatchObject([
    { error: { code: -32_000, message: expect.stringMatching(/^More than 1 requests a minute/) } },
  ])
  await limited.close()
})
