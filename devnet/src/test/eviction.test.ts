/** What leaves the ledger because its time is over, as the close meta tells it, and what past ledgers said of prices. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contract, hash, Operation, SorobanDataBuilder, TransactionBuilder, xdr } from '@stellar/stellar-sdk'
import { expect, test } from 'vitest'
import { type Devnet, type DevnetOptions, startDevnet } from '../devnet.ts'
import { Keypair, Person, PROBE, u32 } from './kit.ts'

/** The public network's shortest lifetimes, in ledgers, and how many entries one ledger removes. */
const TEMPORARY = 17_280
const PERSISTENT = 2_073_600
const MOST = 1_000

async function withNet<T>(run: (net: Devnet) => Promise<T>, options: DevnetOptions = {}): Promise<T> {
  const net = await startDevnet({ interval: 'auto', ...options })
  try {
    return await run(net)
  } finally {
    await net.close()
  }
}

const keyOf = (probe: Contract, name: string, number: number, durability = xdr.ContractDataDurability.persistent) =>
  xdr.LedgerKey.contractData(
    new xdr.LedgerKeyContractData({
      contract: probe.address().toScAddress(),
      key: xdr.ScVal.scvVec([xdr.ScVal.scvSymbol(name), u32(number)]),
      durability,
    }),
  )

const lifetimeOf = (key: xdr.LedgerKey) =>
  xdr.LedgerKey.ttl(new xdr.LedgerKeyTtl({ keyHash: xdr.Hash.fromXdr(hash(key.toXdr('raw'))) }))

async function metaOf(person: Person, sequence: number): Promise<xdr.LedgerCloseMetaV2> {
  const { ledgers } = await person.server.getLedgers({ startLedger: sequence, pagination: { limit: 1 } })
  const meta = ledgers[0]!.metadataXdr
  if (meta.type !== 'v2') throw new Error('close meta of another version')
  return meta.value
}

/** Keys in base64 that a ledger removed. */
const evicted = async (person: Person, sequence: number) =>
  (await metaOf(person, sequence)).evictedKeys.map((key) => key.toXdr('base64'))

test('temporary entries and archived ones are named with their lifetimes, once', () =>
  withNet(async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    await ana.invoke(probe.call('brief', u32(1), u32(5)))
    const brief = keyOf(probe, 'Brief', 1, xdr.ContractDataDurability.temporary)
    const { entries } = await ana.server.getLedgerEntries(brief)
    expect(entries).toHaveLength(1)
    expect(await evicted(ana, net.ledger().sequence)).toEqual([])
    await net.warp(0, TEMPORARY)
    expect(await evicted(ana, net.ledger().sequence)).toEqual([brief, lifetimeOf(brief)].map((k) => k.toXdr('base64')))
    await ana.invoke(probe.call('write', u32(0), u32(2), u32(40)))
    await net.warp(0, PERSISTENT)
    const gone = await evicted(ana, net.ledger().sequence)
    for (const number of [0, 1]) {
      expect(gone).toContain(keyOf(probe, 'Cell', number).toXdr('base64'))
      expect(gone).toContain(lifetimeOf(keyOf(probe, 'Cell', number)).toXdr('base64'))
    }
    // The contract and its code went, too; every key stands for itself and its lifetime.
    expect(gone).toHaveLength(2 * 4)
    await net.closeLedger()
    expect(await evicted(ana, net.ledger().sequence)).toEqual([])
  }))

test('what was restored lives again, and leaves again when its new time is over', () =>
  withNet(async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    await ana.invoke(probe.call('write', u32(0), u32(1), u32(40)))
    await net.warp(0, PERSISTENT)
    const key = keyOf(probe, 'Cell', 0)
    const bare = await ana.build([Operation.restoreFootprint({})])
    const tx = TransactionBuilder.cloneFrom(bare, { fee: bare.fee, networkPassphrase: net.passphrase })
      .setSorobanData(new SorobanDataBuilder().setReadWrite([key]).build())
      .build()
    const done = await ana.submit(await ana.server.prepareTransaction(tx))
    const changes = done.resultMetaXdr.type === 'v4' ? done.resultMetaXdr.value.operations[0]!.changes : []
    expect(changes.map((change) => change.type)).toEqual(['ledgerEntryRestored', 'ledgerEntryRestored'])
    const entry = changes.find((change) => change.type === 'ledgerEntryRestored' && change.value.data.type !== 'ttl')
    expect(entry?.type === 'ledgerEntryRestored' && entry.value.lastModifiedLedgerSeq).toBe(done.ledger)
    expect(await evicted(ana, done.ledger)).toEqual([])
    await net.warp(0, PERSISTENT)
    expect(await evicted(ana, net.ledger().sequence)).toEqual(
      [key, lifetimeOf(key)].map((k) => k.toXdr('base64')).reverse(),
    )
  }))

test('one ledger removes 1,000 entries, the next one goes on', () =>
  withNet(async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    const each = 150
    for (let from = 0; from < MOST + each; from += each) {
      await ana.invoke(probe.call('write', u32(from), u32(each), u32(1)))
    }
    await net.warp(0, PERSISTENT + 20)
    expect(await evicted(ana, net.ledger().sequence)).toHaveLength(2 * MOST)
    await net.closeLedger()
    const rest = await evicted(ana, net.ledger().sequence)
    expect(rest.length).toBeGreaterThan(0)
    expect(rest.length).toBeLessThan(2 * MOST)
    await net.closeLedger()
    expect(await evicted(ana, net.ledger().sequence)).toEqual([])
  }))

test('the close meta tells how much contract state lives: the average of thirty samples, one each 64 ledgers', () =>
  withNet(async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    const settle = async () => {
      await net.warp(0, 30 * 64)
      await net.warp(0, 30 * 64)
      return Number((await metaOf(ana, net.ledger().sequence)).totalByteSizeOfLiveSorobanState)
    }
    const before = await settle()
    // The code's memory counts besides its bytes.
    expect(before).toBeGreaterThan(PROBE.length)
    await ana.invoke(probe.call('write', u32(0), u32(1), u32(1_000)))
    const { entries } = await ana.server.getLedgerEntries(keyOf(probe, 'Cell', 0))
    const bytes = 4 + entries[0]!.val.toXdr('raw').length + 4
    expect(await settle()).toBe(before + bytes)
    await net.warp(0, PERSISTENT)
    // What was archived costs the living nothing.
    expect(await settle()).toBe(0)
  }))

test('an archived entry is answered without the end of its life, as nodes do', () =>
  withNet(async (net) => {
    const ana = await Person.create(net)
    const probe = await ana.deployProbe()
    await ana.invoke(probe.call('write', u32(0), u32(1), u32(8)))
    const read = async () => (await ana.server.getLedgerEntries(keyOf(probe, 'Cell', 0))).entries[0]?.liveUntilLedgerSeq
    const end = (await read())!
    expect(end).toBe(net.ledger().sequence + PERSISTENT - 1)
    await net.warp(0, PERSISTENT - 1)
    expect([await read(), net.ledger().sequence]).toEqual([end, end])
    await net.closeLedger()
    expect(await read()).toBe(0)
  }))

test('a restart forgets neither what was removed nor what a past ledger said', async () => {
  const home = mkdtempSync(join(tmpdir(), 'devnet-'))
  const key = Keypair.random()
  try {
    const before = await withNet(
      async (net) => {
        const ana = await Person.create(net, key)
        const probe = await ana.deployProbe()
        await ana.invoke(probe.call('write', u32(0), u32(1), u32(40)))
        await net.warp(0, PERSISTENT)
        const { sequence } = net.ledger()
        const meta = await metaOf(ana, sequence)
        expect(meta.evictedKeys.length).toBeGreaterThan(0)
        // What a KiB costs while the network holds less than 2 GB.
        expect(meta.ext.type === 'v1' && meta.ext.value.sorobanFeeWrite1Kb).toBe(1_000n)
        await net.warp(0, 64)
        const live = (await metaOf(ana, net.ledger().sequence)).totalByteSizeOfLiveSorobanState
        return { sequence, xdr: meta.toXdr('base64'), live }
      },
      { home },
    )
    await withNet(
      async (net) => {
        const ana = new Person(net, key)
        expect((await metaOf(ana, before.sequence)).toXdr('base64')).toBe(before.xdr)
        await net.closeLedger()
        const { evictedKeys, totalByteSizeOfLiveSorobanState } = await metaOf(ana, net.ledger().sequence)
        expect(evictedKeys).toEqual([])
        expect(totalByteSizeOfLiveSorobanState).toBe(before.live)
      },
      { home },
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
