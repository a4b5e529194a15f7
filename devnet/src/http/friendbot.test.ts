/** Friendbot as Stellar's own: who has less than the starting balance gets it, accounts and contracts alike. */
import { setImmediate } from 'node:timers/promises'
import { Asset, type rpc, StrKey } from '@stellar/stellar-sdk'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DevnetNode } from '../chain/node.ts'
import { type Devnet, startDevnet } from '../devnet.ts'
import { settingsJson } from '../settings.ts'
import { MemoryStore } from '../store/memory.ts'
import { closeUntil, Keypair, Operation, Person, serverOf } from '../test/kit.ts'
import { Friendbot } from './friendbot.ts'

const STARTING = 100_000_000_000n

let net: Devnet
let server: rpc.Server
beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  server = serverOf(net)
})
afterAll(() => net.close())

const ask = (address: string, init: RequestInit = {}) => fetch(`${net.friendbotUrl}?addr=${address}`, init)

async function contractBalance(contract: string): Promise<string | undefined> {
  const { balanceEntry } = await server.getSACBalance(contract, Asset.native(), net.passphrase)
  return balanceEntry?.amount
}

const anyContract = () => StrKey.encodeContract(Keypair.random().rawPublicKey())

describe('an account', () => {
  test('is created with 10,000 XLM by GET and by POST', async () => {
    for (const method of ['GET', 'POST']) {
      const person = new Person(net)
      const response = await ask(person.id, { method })
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ successful: true, hash: expect.stringMatching(/^[\da-f]{64}$/) })
      expect(await person.balance()).toBe(STARTING)
    }
    const person = new Person(net)
    expect((await fetch(net.friendbotUrl, { method: 'POST', body: `addr=${person.id}` })).status).toBe(200)
    expect(await person.balance()).toBe(STARTING)
  })

  test('that has it is refused in the official form', async () => {
    const person = await Person.create(net)
    const response = await ask(person.id)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      type: 'https://stellar.org/friendbot-errors/bad_request',
      title: 'Bad Request',
      status: 400,
      detail: 'account already funded to starting balance',
    })
    await expect(server.fundAddress(person.id)).rejects.toThrow('account already funded to starting balance')
  })

  test('that has spent of it gets a payment of the starting balance', async () => {
    const person = await Person.create(net)
    const destination = (await Person.create(net)).id
    await person.send(Operation.payment({ destination, asset: Asset.native(), amount: '9000' }))
    const before = await person.balance()
    expect(before).toBeLessThan(STARTING)
    await server.fundAddress(person.id)
    expect(await person.balance()).toBe(before + STARTING)
    await expect(server.fundAddress(person.id)).rejects.toThrow('already funded')
  })

  test('is paid once by requests that come together, beside others', async () => {
    const [one, two] = [new Person(net), new Person(net)]
    const told = await Promise.all([one.id, one.id, two.id].map((id) => ask(id)))
    // Who comes after the payment learns that it has been made.
    const [first, second, third] = told.map(({ status }) => status)
    expect([first, third]).toEqual([200, 200])
    expect([200, 400]).toContain(second)
    expect([await one.balance(), await two.balance()]).toEqual([STARTING, STARTING])
  })
})

test('what is no address is refused in the official form', async () => {
  for (const address of [
    'GNONSENSE',
    '',
    'MAAAAAAAAAAAAAB7BQ2L7E5NBWMXDUCMZSIPOBKRDSBYVLMXGSSKF6YNPIB7Y77ITLVL6',
    'CDLZ',
  ]) {
    const response = await ask(address)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      type: 'https://stellar.org/friendbot-errors/bad_request',
      title: 'Bad Request',
      status: 400,
      detail: 'The request you sent was invalid in some way.',
      extras: { invalid_field: 'addr', reason: 'invalid address: must be a valid G or C address' },
    })
  }
})

describe('a contract', () => {
  test('is paid by a transfer of the native asset, whose contract friendbot makes where it is missing', async () => {
    const contract = anyContract()
    const funded = await server.fundAddress(contract)
    expect(funded.status).toBe('SUCCESS')
    expect(await contractBalance(contract)).toBe(String(STARTING))
    await expect(server.fundAddress(contract)).rejects.toThrow('account already funded to starting balance')
    const another = anyContract()
    await server.fundAddress(another)
    expect(await contractBalance(another)).toBe(String(STARTING))
  })

  test('is paid once by requests that come together, with accounts and other contracts in the same moment', async () => {
    const [one, two, person] = [anyContract(), anyContract(), new Person(net)]
    const told = await Promise.all([one, person.id, two, one].map((id) => ask(id)))
    const statuses = told.map(({ status }) => status)
    expect(statuses.slice(0, 3)).toEqual([200, 200, 200])
    expect([200, 400]).toContain(statuses[3])
    expect([await contractBalance(one), await contractBalance(two)]).toEqual([String(STARTING), String(STARTING)])
    expect(await person.balance()).toBe(STARTING)
  })

  test('of the first hour is paid where ledgers close by the clock', async () => {
    const slow = await startDevnet({ interval: 3600 })
    try {
      const contract = anyContract()
      const response = fetch(`${slow.friendbotUrl}?addr=${contract}`)
      await closeUntil(slow, response)
      expect((await response).status).toBe(200)
      const { balanceEntry } = await serverOf(slow).getSACBalance(contract, Asset.native(), slow.passphrase)
      expect(balanceEntry?.amount).toBe(String(STARTING))
    } finally {
      await slow.close()
    }
  })
})

describe('on a chain whose ledgers the test closes', () => {
  let node: DevnetNode
  let friendbot: Friendbot
  let queued: PromiseWithResolvers<void>
  beforeEach(async () => {
    node = await DevnetNode.start({
      passphrase: 'friendbot',
      seed: 0,
      settings: settingsJson('mainnet'),
      retention: 100,
      historyBytes: 1e9,
      clientTimeBounds: true,
      store: new MemoryStore(),
      now: () => 1_800_000_000,
    })
    queued = Promise.withResolvers()
    friendbot = new Friendbot(node, () => queued.resolve())
  })
  afterEach(() => node.stop())

  test.each([
    ['an account', () => [new Person(net).id]],
    ['a contract', () => [anyContract()]],
    ['both', () => [new Person(net).id, anyContract(), anyContract()]],
  ])('a restore forgets what %s waits for, says so, and leaves friendbot free', async (_, addresses) => {
    const moment = node.snapshot()
    const asked = addresses()
    const ends = Promise.allSettled(asked.map((address) => friendbot.fund(address)))
    await queued.promise
    node.restore(moment)
    // Nothing of it is left in the queue.
    for (let ledger = 0; ledger < 3; ledger++) expect(node.close().transactions).toEqual([])
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'WENT_BACK', retryable: true } })
      expect((end as PromiseRejectedResult).reason.message).toContain(`went back to ledger ${moment.sequence}`)
    }
    // The same request once more, on the same chain, succeeds.
    node.restore(moment)
    const again = Promise.allSettled(asked.map((address) => friendbot.fund(address)))
    let waiting = true
    void again.finally(() => {
      waiting = false
    })
    while (waiting) {
      await setImmediate()
      node.close()
    }
    expect((await again).map(({ status }) => status)).toEqual(asked.map(() => 'fulfilled'))
  })

  test('a request that finds it stopped is refused', async () => {
    await node.stop()
    await expect(friendbot.fund(new Person(net).id)).rejects.toMatchObject({ code: 'STOPPED' })
  })
})
