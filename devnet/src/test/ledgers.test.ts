/** How ledgers close: several transactions in one, an order from the seed, a timer, a clock that tests can move. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Asset, scValToNative } from '@stellar/stellar-sdk'
import { expect, test } from 'vitest'
import { type Devnet, type DevnetOptions, startDevnet } from '../devnet.ts'
import { closeUntil, Keypair, Operation, Person, u32 } from './kit.ts'

/** Long enough that nothing closes by itself. */
const SLOW = 3600

async function withNet(options: DevnetOptions, run: (net: Devnet) => Promise<void>): Promise<void> {
  const net = await startDevnet(options)
  try {
    await run(net)
  } finally {
    await net.close()
  }
}

/** Funds people in one ledger of a network whose timer does not fire. */
async function crowd(net: Devnet, keys: Keypair[]): Promise<Person[]> {
  const funded = Promise.all(keys.map((key) => Person.create(net, key)))
  await closeUntil(net, funded)
  return funded
}

const keysOf = (count: number) =>
  Array.from({ length: count }, (_, index) => Keypair.fromRawEd25519Seed(new Uint8Array(32).fill(index + 1)))

test('twenty calls of twenty people land in one ledger, each applied after what came before it', () =>
  withNet({ interval: SLOW }, async (net) => {
    const people = await crowd(net, keysOf(20))
    const probe = await people[0]!.deployProbe()
    const calls = await Promise.all(
      people.map((person, index) => person.prepare(probe.call('write', u32(index), u32(1), u32(8)))),
    )
    const sent = await Promise.all(
      calls.map((call, index) => {
        call.sign(people[index]!.key)
        return people[index]!.server.sendTransaction(call)
      }),
    )
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 'PENDING'))
    await net.closeLedger()
    const { server } = people[0]!
    const found = await Promise.all(sent.map(({ hash }) => server.getTransaction(hash)))
    expect(found.map(({ status }) => status)).toEqual(found.map(() => 'SUCCESS'))
    expect(new Set(found.map((tx) => tx.status === 'SUCCESS' && tx.ledger)).size).toBe(1)
    const orders = found.map((tx) => (tx.status === 'SUCCESS' ? tx.applicationOrder : 0))
    expect(orders.toSorted((a, b) => a - b)).toEqual(people.map((_, index) => index + 1))
    expect(orders).not.toEqual(people.map((_, index) => index + 1))
  }))

test('a ledger takes no more than its limits; the rest waits for the next one', () =>
  withNet({ interval: SLOW }, async (net) => {
    const people = await crowd(net, keysOf(3))
    const probe = await people[0]!.deployProbe()
    // 580 million instructions for what touches the same entries: a call of 400 million leaves no room for another.
    const calls = await Promise.all(
      people.map((person) =>
        person.prepare(probe.call('write', u32(1), u32(1), u32(8)), (data) => data.setResources(400_000_000, 0, 1_000)),
      ),
    )
    const hashes: string[] = []
    for (const [index, call] of calls.entries()) {
      call.sign(people[index]!.key)
      const { status, hash } = await people[index]!.server.sendTransaction(call)
      expect(status).toBe('PENDING')
      hashes.push(hash)
    }
    for (const _ of calls) await net.closeLedger()
    const found = await Promise.all(hashes.map((hash) => people[0]!.server.getTransaction(hash)))
    const ledgers = found.map((tx) => (tx.status === 'SUCCESS' ? tx.ledger : 0))
    expect(new Set(ledgers).size).toBe(3)
  }))

test('a sender has one transaction under way: the same again is a duplicate, another must wait', () =>
  withNet({ interval: SLOW }, async (net) => {
    const [ana, ben] = (await crowd(net, keysOf(2))) as [Person, Person]
    const pay = (amount: string) => Operation.payment({ destination: ben.id, asset: Asset.native(), amount })
    const first = await ana.build([pay('1')])
    first.sign(ana.key)
    const second = await ana.build([pay('2')])
    second.sign(ana.key)
    const send = async (tx: typeof first) => (await ana.server.sendTransaction(tx)).status
    expect(await send(first)).toBe('PENDING')
    expect(await send(first)).toBe('DUPLICATE')
    expect(await send(second)).toBe('TRY_AGAIN_LATER')
    await net.closeLedger()
    // A node remembers for ten ledgers what it has applied; after that the sequence number says it.
    expect(await send(first)).toBe('TRY_AGAIN_LATER')
    for (let ledger = 0; ledger < 10; ledger++) await net.closeLedger()
    expect((await ana.server.sendTransaction(first)).errorResult?.result.type).toBe('txBadSeq')
  }))

test('equal seeds and calls give equal chains, another seed another order', async () => {
  const run = async (seed: number) => {
    let ids: string[] = []
    await withNet({ interval: SLOW, seed, now: () => 1_800_000_000, timeBounds: 'client' }, async (net) => {
      const [rich] = (await crowd(net, [Keypair.random()])) as [Person]
      // Friendbot's answer may have taken any number of ledgers: sequence numbers start where people are created.
      while (net.ledger().sequence < 100) await net.closeLedger()
      const people = keysOf(6).map((key) => new Person(net, key))
      const create = people.map(({ id }) => Operation.createAccount({ destination: id, startingBalance: '10' }))
      await rich.submit(await rich.build(create, { timeout: 0 }))
      const sequence = net.ledger().sequence
      for (const person of people) {
        const tx = await person.build([Operation.manageData({ name: 'k', value: 'v' })], { timeout: 0 })
        tx.sign(person.key)
        await person.server.sendTransaction(tx)
      }
      await net.closeLedger()
      const { transactions } = await people[0]!.server.getTransactions({ startLedger: sequence + 1 })
      ids = transactions.map(({ txHash }) => txHash)
    })
    return ids
  }
  const [one, again, other] = [await run(1), await run(1), await run(2)]
  expect(one).toHaveLength(6)
  expect(again).toEqual(one)
  expect(other).not.toEqual(one)
  expect(other.toSorted()).toEqual(one.toSorted())
})

test('ledgers close by themselves, empty ones too, and skip nothing', () =>
  withNet({ interval: 0.05 }, async (net) => {
    const start = net.ledger().sequence
    while (net.ledger().sequence < start + 5) await sleep(10)
    const person = await Person.create(net)
    expect(await person.balance()).toBe(100_000_000_000n)
    const { latestLedger, oldestLedger } = await person.server.getHealth()
    expect(latestLedger).toBeGreaterThanOrEqual(start + 5)
    expect(oldestLedger).toBe(1)
  }))

test('time travel moves the clock of contracts, while clients who do not know of it can still send', () =>
  withNet({ interval: 'auto' }, async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    const now = async () => {
      const done = await ana.invoke(probe.call('now'))
      return scValToNative(done.status === 'SUCCESS' ? done.returnValue! : null!) as [number, bigint]
    }
    const [sequence, time] = await now()
    await net.warp(30 * 86_400)
    const [later, then] = await now()
    expect(then - time).toBeGreaterThanOrEqual(30n * 86_400n)
    expect(later - sequence).toBe(2)
    await net.warp(0, 1_000)
    expect((await now())[0] - later).toBe(1_001)
  }))

test('with time bounds on the ledger clock, a transaction from before the travel is too late', () =>
  withNet({ interval: 'auto', timeBounds: 'ledger' }, async (net) => {
    const ana = await Person.create(net)
    await net.warp(86_400)
    await expect(ana.send(Operation.manageData({ name: 'k', value: 'v' }))).rejects.toMatchObject({ code: 'txTooLate' })
  }))

test('a network in memory can go back to a moment, and take another way from there', () =>
  withNet({ interval: 'auto' }, async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    const [ledger, balance, snapshot] = [net.ledger(), await ana.balance(), await net.snapshot()]
    const gone = await ana.invoke(probe.call('emit', u32(1), u32(1)))
    await net.warp(1_000)
    await net.restore(snapshot)
    expect(net.ledger()).toEqual(ledger)
    expect(await ana.balance()).toBe(balance)
    expect((await ana.server.getTransaction(gone.txHash)).status).toBe('NOT_FOUND')
    const again = await ana.invoke(probe.call('emit', u32(2), u32(1)))
    expect(again).toMatchObject({ status: 'SUCCESS', ledger: gone.ledger })
    const other = await net.snapshot()
    await net.restore(snapshot)
    await expect(net.restore(other)).rejects.toMatchObject({ code: 'NO_SUCH_MOMENT' })
    expect(net.ledger()).toEqual(ledger)
  }))
