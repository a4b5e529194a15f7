/** Webhooks from registration to a receiver that fails, lies, dies and comes back: real HTTP, real Postgres, real signatures. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk'
import { until } from '@stellartrain/contracts-client/testing/until'
import { silentLog } from '@stellartrain/service'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../api/app.ts'
import type * as Api from '../api/types.ts'
import { readPage } from '../source/page.ts'
import { CHANNEL } from '../store/channel.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { addEvents } from '../store/records.ts'
import { checked, createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import { type DeliverOptions, runDeliveries } from './deliver.ts'
import { createWebhooks } from './start.ts'

const NETWORK = 'Test SDF Network ; September 2015'
let chain: EventChain
let api: TestApi
let request: TestApi['request']
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  request = await appOf(true)
})
afterAll(() => api?.close())

async function appOf(allowPrivate: boolean): Promise<TestApi['request']> {
  const webhooks = createWebhooks({ network: NETWORK, homeDomains: ['localhost'], allowPrivate })
  await webhooks.open(api.database.db, new AbortController().signal)
  return checked(createApp({ ...api.deps, webhooks: webhooks.app }))
}

type Got = {
  id: string
  type: string
  data: Api.ChainEvent
  late?: boolean
  headers: Record<string, string>
  body: string
}

/** @param answer what it says to the n-th request, from 0 */
async function receiver(answer: (n: number, got: Got) => number | 'hang' | 'cut' = () => 204, sent = {}) {
  const got: Got[] = []
  const server: Server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const headers = incoming.headers as Record<string, string>
      const message = {
        ...(JSON.parse(body) as Pick<Got, 'type' | 'data' | 'late'>),
        id: headers['webhook-id']!,
        headers,
        body,
      }
      got.push(message)
      const status = answer(got.length - 1, message)
      if (status === 'cut') incoming.socket.destroy()
      else if (status !== 'hang') outgoing.writeHead(status, { location: 'http://127.0.0.1:1/', ...sent }).end('thanks')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got }
}

/** Sends as a process would, until the test is over or it is ended. */
function sender(options: Partial<DeliverOptions> = {}) {
  const ended = new AbortController()
  const running = runDeliveries({
    ...{ dbUrl: api.database.url, feed: api.deps.feed, signal: ended.signal, log: silentLog, allowPrivate: true },
    ...{ now: Date.now, idleMs: 10, timeoutMs: 300, schedule: [0, 0, 0, 0, 0], random: () => 0 },
    ...options,
  })
  const end = async () => {
    ended.abort()
    await running
  }
  onTestFinished(end)
  return end
}

async function tokenOf(wallet: Keypair, ask = request): Promise<string> {
  const { transaction } = (await (await ask(`/auth?account=${wallet.publicKey()}`)).json()) as { transaction: string }
  const signed = TransactionBuilder.fromXDR(transaction, NETWORK)
  signed.sign(wallet)
  const answer = await ask('/auth', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transaction: signed.toXDR() }),
  })
  return ((await answer.json()) as { token: string }).token
}

type Owner = <T = Api.Webhook & { secret: string }>(
  method: string,
  path: string,
  body?: object,
) => Promise<T & { status: number; code?: string }>

async function owner(ask = request): Promise<Owner> {
  const token = await tokenOf(Keypair.random(), ask)
  return async (method, path, body) => {
    const answer = await ask(`/v1/webhooks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const json = answer.status === 204 ? {} : ((await answer.json()) as object)
    return { status: answer.status, ...json } as never
  }
}

/** The beginning of everything. */
const START = '0000000000000000000-0000000000'
const ids = (got: readonly Got[]) => got.map(({ id }) => id)
const all = () => chain.events.map(({ place }) => `evt_${place.id}`)

test('while nobody is registered, ledgers cost no question; whoever registers is sent to at once', async () => {
  const others = await createTestApi(chain)
  onTestFinished(() => others.close())
  const { url } = others.database
  const { got, url: hook } = await receiver()
  sender({ dbUrl: url, feed: others.deps.feed, idleMs: 600_000 })
  await withClient(url, async (client) => {
    const asked = async (what: string) =>
      (
        await client.query('select 1 from pg_stat_activity where datname = current_database() and query like $1', [
          what,
        ])
      ).rowCount!
    // A connection of the sender's own: it has looked once.
    await until(async () => (await asked('select exists(select from webhooks.endpoints)%')) > 0, {
      what: 'the first look',
    })
    const woken = [1, 2, 3].map(() => others.deps.feed.next(60_000))
    for (let ledger = 0; ledger < 20; ledger++) await client.query("select pg_notify($1, '1')", [CHANNEL])
    await Promise.all(woken)
    expect(await asked('with held as%')).toBe(0)
    await client.query(
      `insert into webhooks.endpoints (account, url, secret, ping, cursor, began, late_cursor)
        select 'somebody', $1, 'whsec_' || encode(decode(repeat('07', 24), 'hex'), 'base64'), 'first', last_event, last_event, 0 from sync`,
      [hook],
    )
    await until(() => got.length > 0, { what: 'the ping' })
    expect(got[0]!.type).toBe('ping')
  })
})

test('each event comes signed, in order and once where nothing fails; a receiver needs the official library alone', async () => {
  const { url, got } = await receiver()
  const me = await owner()
  const made = await me('POST', '', { url, after: START })
  expect(made).toMatchObject({ status: 201, state: 'active', proven: false, secret: expect.stringMatching(/^whsec_/) })
  // Once only where no answer is waited for in vain, however busy the machine is.
  sender({ timeoutMs: 60_000 })
  await until(() => got.length > chain.events.length, { what: 'all events' })
  expect(got[0]).toMatchObject({ type: 'ping' })
  expect(ids(got).slice(1)).toEqual(all())
  const library = new Webhook(made.secret)
  for (const { body, headers } of got) expect(library.verify(body, headers)).toBeTruthy()
  expect(() => library.verify(got[1]!.body.replace('1', '2'), got[1]!.headers)).toThrow()
  const [event] = (await api.get<Api.EventPage>('/v1/events')).data
  expect(got[1]!.data).toEqual(event)
  expect(JSON.parse(got[1]!.body)).toMatchObject({ type: event!.type, timestamp: event!.closedAt, late: false })

  await until(async () => (await me('GET', `/${made.id}`)).after === chain.events.at(-1)!.place.id, { what: 'its end' })
  expect(await me('GET', `/${made.id}`)).toMatchObject({ proven: true, attempts: 0, failingSince: null })
  const { data } = await me<{ data: Api.WebhookDelivery[] }>('GET', `/${made.id}/deliveries?limit=200`)
  expect(data).toHaveLength(chain.events.length + 1)
  expect(data.every(({ delivered, status }) => delivered && status === 204)).toBe(true)

  // From an event on once more, under the ids that they had.
  const half = chain.events[10]!.place.id
  await me('POST', `/${made.id}/replay`, { after: half })
  await until(() => got.length === 1 + chain.events.length + chain.events.length - 11, {
    what: 'the second half again',
  })
  expect(ids(got).slice(1 + chain.events.length)).toEqual(all().slice(11))
  // A new secret signs at once, and the old one beside it.
  const { secret } = await me('POST', `/${made.id}/secret`)
  await me('POST', `/${made.id}/ping`)
  await until(() => got.at(-1)!.type === 'ping', { what: 'the ping' })
  for (const one of [secret, made.secret]) new Webhook(one).verify(got.at(-1)!.body, got.at(-1)!.headers)
  expect(await me('DELETE', `/${made.id}`)).toEqual({ status: 204 })
  expect(await me('GET', `/${made.id}`)).toMatchObject({ status: 404, code: 'not_found' })
})

test('a receiver that refuses, hangs, cuts off and redirects is sent the same message again, and nothing is passed over', async () => {
  const faults: (number | 'hang' | 'cut')[] = [500, 'hang', 'cut', 302, 204]
  const { url, got } = await receiver((n) => faults[n % faults.length]!)
  const me = await owner()
  const { id } = await me('POST', '', { url, types: ['submitted'], after: START })
  sender()
  const right = chain.events.filter(({ event }) => event.type === 'submitted').map(({ place }) => `evt_${place.id}`)
  await until(() => got.length === faults.length * (right.length + 1), {
    what: 'everything five times',
  })
  const taken = got.filter((_, n) => faults[n % faults.length] === 204)
  expect(ids(taken).slice(1)).toEqual(right)
  for (const [n, one] of got.entries()) expect(one.id).toBe(taken[Math.floor(n / faults.length)]!.id)
  const log = () => me<{ data: Api.WebhookDelivery[] }>('GET', `/${id}/deliveries?limit=5`)
  await until(async () => (await log()).data[0]?.delivered === true, { what: 'the last attempt to be written down' })
  const { data } = await log()
  expect(data.map(({ attempt, status }) => [attempt, status])).toEqual([
    [5, 204],
    [4, 302],
    [3, null],
    [2, null],
    [1, 500],
  ])
  expect(data[3]!.error).toBe('It did not answer in 0.3 s.')
})

test('one that fails for long is disabled, keeps its place, and goes on when its owner says so', async () => {
  let broken = true
  const { url, got } = await receiver(() => (broken ? 503 : 200))
  const me = await owner()
  const { id } = await me('POST', '', { url, types: ['challenge_created'], after: START })
  sender()
  await until(async () => (await me('GET', `/${id}`)).state === 'disabled', { what: 'the end of patience' })
  expect(got).toHaveLength(6)
  expect((await me('GET', `/${id}`)).reason).toBe('6 attempts failed. It answered with 503.')
  broken = false
  expect(await me('PATCH', `/${id}`, { state: 'active' })).toMatchObject({ state: 'active', reason: null, attempts: 0 })
  await until(() => got.length === 12, { what: 'a ping and five challenges' })
  const right = chain.events
    .filter(({ event }) => event.type === 'challenge_created')
    .map(({ place }) => `evt_${place.id}`)
  expect(ids(got).slice(7)).toEqual(right)
})

test.each([
  ['seconds', '3600'],
  ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
])('one that asks in %s to be left alone is', async (_, after) => {
  const { url } = await receiver(() => 503, { 'retry-after': after })
  const me = await owner()
  const { id } = await me('POST', '', { url })
  sender()
  await until(async () => (await me('GET', `/${id}`)).attempts > 0, { what: 'the first attempt' })
  const { attempts, nextTryAt } = await me('GET', `/${id}`)
  expect(attempts).toBe(1)
  expect(Date.parse(nextTryAt!) - Date.now()).toBeGreaterThan(3_000_000)
})

test('text that no column takes is refused, and never a fault of the server', async () => {
  const me = await owner()
  for (const body of [{ url: 'https://example.org/', description: 'a\0b' }, { url: 'https://example.org/a\0b' }])
    expect(await me('POST', '', body)).toMatchObject({ status: 400, code: 'bad_request' })
})

const RECEIVER = 'https://example.org/'

test.each([
  [{ url: 'ftp://example.org/' }, 'url', 'must begin with https://'],
  [{ url: 'https://a@example.org/' }, 'url', 'must hold no user and no password'],
  [{}, 'url', 'is missing'],
  [{ url: 1 }, 'url', 'must be of type string'],
  [{ url: RECEIVER, challenges: [1.5] }, 'challenges.0', 'must be of type integer'],
  [{ url: RECEIVER, bogus: 1 }, 'bogus', 'is not a field of this body'],
  [[], '', 'must be of type object'],
])('a registration of %j is told what is wrong with it', async (body, path, message) => {
  const me = await owner()
  expect(await me('POST', '', body)).toMatchObject({ status: 400, errors: [{ path, message }] })
})

test('no path takes a parameter that it does not have', async () => {
  const { url } = await receiver()
  const me = await owner()
  const { id } = await me('POST', '', { url })
  const asked = [
    ['GET', '?x=1'],
    ['POST', '?x=1', { url }],
    ['GET', `/${id}?x=1`],
    ['PATCH', `/${id}?x=1`, {}],
    ['DELETE', `/${id}?x=1`],
    ['POST', `/${id}/ping?x=1`],
    ['POST', `/${id}/replay?x=1`, { after: START }],
    ['POST', `/${id}/secret?x=1`],
    ['GET', `/${id}/deliveries?x=1`],
  ] as const
  for (const [method, path, body] of asked)
    expect([method, path, (await me(method, path, body)).status]).toEqual([method, path, 400])
  expect(await me('GET', '')).toMatchObject({ data: [{ id }] })
})

test('one that is gone for good is not asked again', async () => {
  const { url, got } = await receiver(() => 410)
  const me = await owner()
  const { id } = await me('POST', '', { url })
  sender()
  await until(async () => (await me('GET', `/${id}`)).state === 'disabled', { what: 'it to be disabled' })
  expect(got).toHaveLength(1)
})

test('what concerns an account: it is named, its submission is decided, or it made the challenge', async () => {
  const { url, got } = await receiver()
  const me = await owner()
  await me('POST', '', { url, about: STORY.carol, after: START })
  sender()
  const carols = chain.events.filter(
    ({ event }) =>
      ('solver' in event && event.solver === STORY.carol) ||
      // Her submission 3 is decided together with others.
      (event.type === 'scored' && event.challenge === 1),
  )
  await until(() => got.length >= carols.length + 1, { what: 'hers' })
  expect(ids(got).slice(1)).toEqual(carols.map(({ place }) => `evt_${place.id}`))
})

test('an event that comes late is sent all the same, and says so', async () => {
  const { url, got } = await receiver()
  const me = await owner()
  const lost = chain.raw.find(
    ({ id }) =>
      id ===
      chain.events.find(({ event }) => event.type === 'topped_up' || event.type === 'challenge_cancelled')!.place.id,
  )!
  await withClient(api.database.url, (client) => client.query('delete from events where id = $1', [lost.id]))
  await me('POST', '', { url, types: ['challenge_cancelled'], after: START })
  sender()
  await until(() => got.length === 1, { what: 'the ping' })
  const late = readPage({ events: [lost], cursor: lost.id, latestLedger: chain.ledger() }, chain.contract)
  await withClient(api.database.url, (client) =>
    transaction(client, async () => {
      await lockProgress(client)
      await addEvents(client, late.events)
    }),
  )
  await until(() => got.length === 2, { what: 'the late event' })
  expect(got[1]).toMatchObject({ id: `evt_${lost.id}`, late: true, type: 'challenge_cancelled' })
})

test('a process that dies between sending and writing it down is followed by one that sends again: at least once, in order', async () => {
  const { url, got } = await receiver()
  const me = await owner()
  await me('POST', '', { url, after: START })
  // Its connections are cut at any moment, as those of a killed process are.
  let cutting = true
  const cuts = (async () => {
    while (cutting) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      await withClient(api.database.url, async (client) => {
        await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
          and query like '%webhooks%' and pid <> pg_backend_pid()`)
        // Nobody waits for the time of the dead.
        await client.query('update webhooks.endpoints set leased_until = now() where leased_until is not null')
      }).catch(() => {})
    }
  })()
  sender()
  const last = all().at(-1)!
  await until(() => ids(got).includes(last) || got.length > 500, { what: 'the last event' })
  cutting = false
  await cuts
  const firsts = [...new Set(ids(got))]
  expect(firsts.slice(1)).toEqual(all())
})

test('nobody touches what is another’s, and nobody without a sign-in anything', async () => {
  const { url } = await receiver()
  const [me, other] = [await owner(), await owner()]
  const { id } = await me('POST', '', { url })
  for (const [method, path, body] of [
    ['GET', `/${id}`],
    ['PATCH', `/${id}`, { state: 'disabled' }],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/ping`],
    ['POST', `/${id}/replay`, { after: START }],
    ['POST', `/${id}/secret`],
    ['GET', `/${id}/deliveries`],
  ] as const)
    expect([method, path, (await other(method, path, body)).status]).toEqual([method, path, 404])
  expect((await other<{ data: unknown[] }>('GET', '')).data).toEqual([])
  const bare = await request('/v1/webhooks')
  expect([bare.status, ((await bare.json()) as { code: string }).code]).toEqual([401, 'signed_out'])
  expect((await me('GET', '/not-an-id')).status).toBe(400)
  const answer = await request('/v1/webhooks', {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(Keypair.random())}`, 'content-type': 'application/json' },
    body: '{"url":',
  })
  expect(answer.status).toBe(400)
  for (let n = 1; n < 10; n++) expect((await me('POST', '', { url })).status).toBe(201)
  expect(await me('POST', '', { url })).toMatchObject({ status: 409, code: 'too_many_webhooks' })
})

test('who signs in is within the limit, as who reads is', async () => {
  const webhooks = createWebhooks({ network: NETWORK, homeDomains: ['localhost'], allowPrivate: false })
  await webhooks.open(api.database.db, new AbortController().signal)
  const clients = { perMinute: 3, proxies: 0, remoteOf: () => '203.0.113.9' }
  const ask = checked(createApp({ ...api.deps, webhooks: webhooks.app, clients }))
  await tokenOf(Keypair.random(), ask)
  const path = `/auth?account=${Keypair.random().publicKey()}`
  expect((await ask(path)).status).toBe(200)
  for (const method of ['GET', 'POST']) expect((await ask(path, { method })).status).toBe(429)
})

test('where private networks are not allowed, nothing of this machine is called, whatever its name', async () => {
  const strict = await appOf(false)
  const me = await owner(strict)
  for (const url of [
    ...['http://example.org/', 'https://127.0.0.1/', 'https://localhost/x', 'https://[::1]/', 'https://0x7f.1/'],
    ...[
      'https://169.254.169.254/latest/meta-data',
      'https://a:b@example.org/',
      'https://example.org:22/',
      'ftp://example.org/',
    ],
    ...['https://10.0.0.1/', 'https://metadata.google.internal/', 'nonsense'],
  ])
    expect([url, (await me('POST', '', { url })).status]).toEqual([url, 400])
  // A name that meant another address when it was registered.
  const { url, got } = await receiver()
  const { port } = new URL(url)
  const { id } = await me('POST', '', { url: 'https://example.org/' })
  const set = (to: string) =>
    withClient(api.database.url, (client) =>
      client.query('update webhooks.endpoints set url = $2, attempts = 0, next_try = now() where id = $1', [id, to]),
    )
  const end = sender({ allowPrivate: false, schedule: [3_600] })
  for (const to of [`https://localhost:${port}/`, `https://localtest.me:${port}/`, url]) {
    await set(to)
    await until(async () => (await me('GET', `/${id}`)).attempts > 0, { what: `a failure of ${to}` })
  }
  await end()
  expect(got).toEqual([])
})

test.each(['text/plain', 'multipart/form-data', 'application/json; charset=utf-8', null])(
  'a body of type %s is taken as JSON or refused, and never a fault of the server',
  async (type) => {
    const headers: Record<string, string> = type === null ? {} : { 'content-type': type }
    for (const [method, path] of [
      ['POST', '/v1/webhooks'],
      ['PATCH', '/v1/webhooks/00000000-0000-0000-0000-000000000000'],
      ['POST', '/v1/webhooks/00000000-0000-0000-0000-000000000000/replay'],
    ] as const) {
      const answer = await request(path, { method, headers, body: Buffer.from('{}') })
      const { code } = (await answer.json()) as { code: string }
      expect([answer.status, code]).toEqual(
        type?.startsWith('application/json')
          ? [expect.toBeOneOf([400, 401]), expect.anything()]
          : [415, 'unsupported_media_type'],
      )
      // Nor is none at all.
      expect((await request(path, { method, headers })).status).toBeOneOf([400, 401, 415])
    }
  },
)
