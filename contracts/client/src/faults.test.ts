/** An RPC that loses, repeats, cuts off and refuses: money still moves exactly once, and the outcome is always known. */
import { Asset, type Keypair, Operation, TransactionBuilder, xdr } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chain, connect, followEvents, keypairSigner, readAccount, type Signer, sendOperations } from './index.ts'
import { type Fixture, startFixture } from './testing/fixture.ts'

let f: Fixture
beforeAll(async () => {
  f = await startFixture()
})
afterAll(() => f.close())

const AMOUNT = 25_0000000n
const pay = (to: Keypair) => [Operation.payment({ destination: to.publicKey(), asset: Asset.native(), amount: '25' })]
const quick = { pollMs: 20 }

type Fault = (method: string, forward: () => Promise<Response>, count: number) => Promise<Response>

/** The same network through a wire that `fault` may cut. */
function through(fault: Fault): Chain {
  const counts = new Map<string, number>()
  return connect(f.chain.network, {
    async fetch(input, init) {
      const { method } = JSON.parse(String(init?.body)) as { method: string }
      const count = (counts.get(method) ?? 0) + 1
      counts.set(method, count)
      return fault(method, () => fetch(input, init), count)
    },
  })
}

async function receivedOnce(chain: Chain, signer?: (pair: Keypair) => Signer): Promise<void> {
  const [from, to] = await f.people(2)
  const before = (await readAccount(f.chain, to!.publicKey()))!.balance
  await sendOperations(chain, pay(to!), signer ? signer(from!) : from!, quick)
  expect((await readAccount(f.chain, to!.publicKey()))!.balance - before).toBe(AMOUNT)
}

const answer = (body: string, status = 200) => new Response(body, { status })

test('the answer to the first send is lost', () =>
  receivedOnce(
    through(async (method, forward, count) => {
      const response = await forward()
      if (method === 'sendTransaction' && count === 1) throw new TypeError('socket hang up')
      return response
    }),
  ))

test('the network is busy at first', () =>
  receivedOnce(
    through(async (method, forward, count) => {
      if (method !== 'sendTransaction' || count > 3) return forward()
      const result = { status: 'TRY_AGAIN_LATER', hash: '', latestLedger: 1, latestLedgerCloseTime: '1' }
      return answer(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
    }),
  ))

test('others bid more: the call bids more as well, as far as a tenth of an XLM', async () => {
  const outbid = xdr.TransactionResult.fromXdr('AAAAAAAAAGT////3AAAAAA==', 'base64').toXdr('base64')
  const bids: number[] = []
  const crowded = (refusals: number) =>
    connect(f.chain.network, {
      async fetch(input, init) {
        const { method, params } = JSON.parse(String(init?.body)) as { method: string; params: { transaction: string } }
        if (method !== 'sendTransaction') return fetch(input, init)
        bids.push(Number(TransactionBuilder.fromXdr(params.transaction, f.chain.network.passphrase).fee))
        if (bids.length > refusals) return fetch(input, init)
        const result = {
          status: 'ERROR',
          errorResultXdr: outbid,
          hash: '',
          latestLedger: 1,
          latestLedgerCloseTime: '1',
        }
        return answer(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
      },
    })
  await receivedOnce(crowded(2))
  expect(bids).toEqual([10_000, 80_000, 640_000])
  bids.length = 0
  await expect(receivedOnce(crowded(99))).rejects.toMatchObject({ code: 'outbid', retryable: true })
  expect(bids.at(-1)).toBe(1_000_000)
})

test('every request is sent twice', () =>
  receivedOnce(
    through(async (_, forward) => {
      await forward()
      return forward()
    }),
  ))

test('every third answer is cut off, or is an error page', () => {
  let requests = 0
  return receivedOnce(
    through(async (_, forward) => {
      const response = await forward()
      requests++
      if (requests % 3 === 0) return answer((await response.text()).slice(0, 40))
      return requests % 5 === 0 ? answer('<html>Bad Gateway</html>', 502) : response
    }),
  )
})

test('a lost answer followed by "sequence used up" is not taken for a failure', () => {
  // The first copy is applied; its answer is lost, and the RPC then learns of it late.
  let blind = 3
  return receivedOnce(
    through(async (method, forward, count) => {
      const response = await forward()
      if (method === 'sendTransaction' && count === 1) throw new TypeError('socket hang up')
      if (method === 'getTransaction' && (await response.clone().text()).includes('"SUCCESS"') && blind-- > 0) {
        const { sequence, closeTime } = f.net.ledger()
        const result = {
          status: 'NOT_FOUND',
          latestLedger: sequence,
          latestLedgerCloseTime: closeTime,
          oldestLedger: 1,
        }
        return answer(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
      }
      return response
    }),
  )
})

test('a wallet that takes longer than the time bounds: built and signed again, done once', async () => {
  let asked = 0
  const slow = (pair: Keypair): Signer => {
    const signer = keypairSigner(pair)
    return {
      address: signer.address,
      async sign(xdr, request) {
        if (++asked === 1) await f.net.warp(600)
        return signer.sign(xdr, request)
      },
    }
  }
  await receivedOnce(f.chain, slow)
  expect(asked).toBe(2)
})

test('a refused signature costs nothing and says so', async () => {
  const [from, to] = await f.people(2)
  const refuses: Signer = { address: from!.publicKey(), sign: () => Promise.reject(new Error('User declined')) }
  const before = (await readAccount(f.chain, from!.publicKey()))!.balance
  await expect(sendOperations(f.chain, pay(to!), refuses, quick)).rejects.toMatchObject({ code: 'not_signed' })
  expect((await readAccount(f.chain, from!.publicKey()))!.balance).toBe(before)
})

test('a wallet that signs something else is not obeyed', async () => {
  const [from, to] = await f.people(2)
  const signer = keypairSigner(from!)
  let first = ''
  const swaps: Signer = {
    address: from!.publicKey(),
    async sign(xdr, request) {
      first ||= await signer.sign(xdr, request)
      return first
    },
  }
  await sendOperations(f.chain, pay(to!), swaps, quick)
  await expect(sendOperations(f.chain, pay(to!), swaps, quick)).rejects.toMatchObject({ code: 'signed_other' })
})

test('an abort ends the wait with its own reason', async () => {
  const [from, to] = await f.people(2)
  const abort = new AbortController()
  const chain = through(async (method, forward) => {
    if (method === 'sendTransaction') abort.abort(new Error('the page was closed'))
    return forward()
  })
  const sending = sendOperations(chain, pay(to!), from!, { ...quick, signal: abort.signal })
  await expect(sending).rejects.toThrow('the page was closed')
})

test('an RPC that is not there is reported as such, and as worth another try', async () => {
  const nowhere = connect({ ...f.chain.network, rpcUrl: 'http://127.0.0.1:9/rpc' }, { retries: 0 })
  await expect(readAccount(nowhere, f.chain.network.contract.replace('C', 'G'))).rejects.toThrow()
  const [from, to] = await f.people(2)
  await expect(sendOperations(nowhere, pay(to!), from!, quick)).rejects.toMatchObject({
    code: 'rpc_unreachable',
    retryable: true,
  })
})

test('pages that repeat events, come empty or cut off: each event once, in order', async () => {
  const oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
  const whole: string[] = []
  for await (const event of followEvents(f.chain, { startLedger: 2 }, {}, { live: false })) whole.push(event.id)
  expect(whole.length).toBeGreaterThanOrEqual(oracles.length)
  let pages = 0
  const chain = through(async (method, forward) => {
    const response = await forward()
    if (method !== 'getEvents') return response
    const body = (await response.json()) as { result: { events: { id: string }[] } }
    if (++pages % 3 === 0) return answer(JSON.stringify(body).slice(0, -20))
    body.result.events = [...body.result.events, ...body.result.events.slice(0, 2)]
    return answer(JSON.stringify(body))
  })
  const seen: string[] = []
  for await (const event of followEvents(chain, { startLedger: 2 }, {}, { live: false })) seen.push(event.id)
  expect(seen).toEqual(whole)
})
