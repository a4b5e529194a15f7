/** The descriptions of the API are made once, are tagged, and count as the requests that they are. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { tellStory } from '../testing/story.ts'
import { createApp } from './app.ts'
import { openApiDocument } from './openapi.ts'

let api: TestApi
beforeAll(async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
})
afterAll(() => api?.close())

test('/openapi.json is the document', async () => {
  expect(await api.get('/openapi.json')).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
})

test.each(['/openapi.json', '/llms.txt'])('%s is not sent to whoever has it', async (path) => {
  const first = await api.request(path)
  const tag = first.headers.get('etag')!
  expect([first.status, tag]).toEqual([200, expect.stringMatching(/^"[\w-]{22}"$/)])
  const known = await api.request(path, { headers: { 'if-none-match': `"other", W/${tag}` } })
  expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, tag, ''])
  const other = await api.request(path, { headers: { 'if-none-match': '"other"' } })
  expect([other.status, await other.text()]).toEqual([200, await first.text()])
})

test.each(['/openapi.json', '/llms.txt', '/docs/swagger-ui.css', '/status', '/metrics'])(
  '%s has the limit of all requests',
  async (path) => {
    const app = createApp({ ...api.deps, clients: { perMinute: 2, proxies: 0, remoteOf: () => '10.0.0.1' } })
    const statuses = []
    for (let n = 0; n < 3; n++) statuses.push((await app.request(path)).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await app.request('/v1/totals')).status).toBe(429)
  },
)
