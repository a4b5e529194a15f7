/** What one oracle says, whatever it sends: within its time and size, and never more than that it is of no use. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Keypair } from '@stellar/stellar-sdk/base'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { expect, onTestFinished, test } from 'vitest'
import { askEach, askOracle, isTaken, type Question, saidWords } from './ask-oracles.ts'

const LIMITS = { silentMs: 60_000, maxBytes: 1_000 }
const signedIn = (token: () => Promise<string>) => ({ fetch, sessions: { token } as never })
const client = signedIn(async () => 'a-token')

async function oracle(who: string, listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { who, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/at` }
}
const says = (status: number, text: string) => (who: string) =>
  oracle(who, (_, response) => void response.writeHead(status).end(text))
const ask = async (place: Promise<{ who: string; url: string }>, question: Partial<Question> = {}) =>
  askOracle(client, await place, '/v1/thing', { ...LIMITS, ...question })

test('an answer is parsed and told with its status; one without content has no body', async () => {
  expect(await ask(says(200, '{"a":1}')('one'))).toEqual({ who: 'one', status: 200, ok: true, body: { a: 1 } })
  expect(await ask(says(204, '')('one'))).toEqual({ who: 'one', status: 204, ok: true, body: null })
})

test('a refusal has its code, its sentence and what came with it, no longer than people read', async () => {
  const said = { code: 'c'.repeat(90), detail: 'd'.repeat(900), lease: [1] }
  expect(await ask(says(409, JSON.stringify(said))('one'), { maxBytes: 2_000 })).toEqual({
    ...{ who: 'one', status: 409, ok: false, body: said },
    ...{ code: 'c'.repeat(50), detail: 'd'.repeat(300) },
  })
  for (const text of ['{"code":1,"detail":null}', 'null', '[]', '<html>', 'x'.repeat(1_001)])
    expect(await ask(says(502, text)('one'))).toMatchObject({ code: 'silent', detail: 'it answered with 502.' })
})

test('what is no answer of an oracle is one that is silent: other text, too much of it, a redirect, nothing', async () => {
  const [text, long] = [await ask(says(200, 'hello')('one')), await ask(says(200, `"${'x'.repeat(1_000)}"`)('one'))]
  for (const said of [text, long])
    expect(said).toMatchObject({ ok: false, code: 'silent', detail: 'it does not answer as an oracle does.' })
  // Whoever was given something has it, though it says so in its own way.
  expect([isTaken(text), isTaken(await ask(says(409, '{}')('one')))]).toEqual([true, false])
  const elsewhere = await says(200, '{}')('two')
  const redirect = oracle('one', (_, response) => void response.writeHead(302, { location: elsewhere.url }).end())
  const closed = oracle('one', (request) => void request.socket.destroy())
  const stalled = oracle('one', (_, response) => void response.writeHead(200).write('{'))
  const never = oracle('one', () => {})
  for (const place of [redirect, closed, never])
    expect(await ask(place, { silentMs: 300 })).toMatchObject({ status: 0, detail: 'it does not answer.' })
  expect(await ask(stalled, { silentMs: 300 })).toMatchObject({ ok: false, status: 200, code: 'silent' })
})

test('whoever asks can stop', async () => {
  const stop = new AbortController()
  const asked = ask(
    oracle('one', () => stop.abort(new Error('enough'))),
    { signal: stop.signal },
  )
  await expect(asked).rejects.toThrow('enough')
})

test('a question goes to the path below the URL, as JSON, with the token of a sign-in where it needs one', async () => {
  const seen: unknown[] = []
  const place = await oracle('one', async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString()
    const { 'content-type': type, authorization } = request.headers
    seen.push([request.method, request.url, type, authorization, body])
    response.end('{}')
  })
  const signer = Keypair.random()
  await askOracle(client, place, '/v1/thing', LIMITS)
  await askOracle(client, place, '/v1/thing', { ...LIMITS, method: 'POST', body: '{"a":1}', signer })
  expect(seen).toEqual([
    ['GET', '/at/v1/thing', undefined, undefined, ''],
    ['POST', '/at/v1/thing', 'application/json', 'Bearer a-token', '{"a":1}'],
  ])
  // An oracle where no one can sign in is silent; a wallet that refuses ends the question.
  const failing = (error: Error) =>
    askOracle(
      signedIn(() => Promise.reject(error)),
      place,
      '/v1/thing',
      { ...LIMITS, signer },
    )
  expect(await failing(new ContentError('unavailable', 'The service does not answer.'))).toMatchObject({
    ...{ status: 0, code: 'silent', detail: 'The service does not answer.' },
  })
  await expect(failing(new TypeError('declined'))).rejects.toThrow('declined')
  expect(seen).toHaveLength(2)
})

test('all are asked, and told of in their order with what each said', async () => {
  const places = [
    await says(200, '{}')('one'),
    await oracle('two', () => {}),
    await says(404, '{"detail":"No."}')('three'),
  ]
  const said = await askEach(client, places, '/v1/thing', { ...LIMITS, silentMs: 300 })
  expect(said.map(({ who, ok }) => [who, ok])).toEqual([
    ['one', true],
    ['two', false],
    ['three', false],
  ])
  expect(saidWords(said.flatMap((one) => (one.ok ? [] : [one])))).toBe('two: it does not answer. three: No.')
})
