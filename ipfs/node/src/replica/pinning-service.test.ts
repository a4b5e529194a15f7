/** A remote pinning service may answer anything: each is a failure with a sentence, and none shows the token. */
import { expect, it } from 'vitest'
import { pinningService } from './pinning-service.ts'

const TOKEN = 'a-token-that-opens-the-service'
const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
const signal = new AbortController().signal

const answering = (status: number, body: unknown) =>
  pinningService({
    url: 'https://pins.example/psa',
    token: TOKEN,
    origins: [],
    fetching: async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  })

it.each<[string, number, unknown, string]>([
  ['an error that repeats the token', 401, { error: { reason: 'NO', details: `${TOKEN} is unknown` } }, 'unreachable'],
  ['an error of another shape', 400, { error: { reason: { toString: 1, valueOf: 1 } } }, 'refused'],
  ['an error that is no object', 500, 'null', 'unreachable'],
  ['no JSON', 200, '<html>', 'unreachable'],
  ['more than is read', 200, 'x'.repeat(70_000), 'unreachable'],
  ['results of another shape', 200, { count: 1, results: [{ status: 'pinned', pin: { cid: CID } }] }, 'unreachable'],
])('%s', async (_, status, body, code) => {
  const error: unknown = await answering(status, body)
    .has(CID, signal)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'ReplicaError', code })
  expect(String(error)).not.toContain(TOKEN)
})

it('a pin that waits with the token in its details', async () => {
  const pin = { requestid: '1', status: 'queued', created: '2026-12-01T00:00:00Z', pin: { cid: CID }, delegates: [] }
  const info = { status_details: `for ${TOKEN}` }
  const service = answering(200, { count: 1, results: [{ ...pin, info }] })
  const error: unknown = await service.put(CID, (async function* () {})(), signal).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('queued for …') })
})
