/** What survives: restarts, torn files, and a process that is killed in the middle of its work. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Asset, rpc } from '@stellar/stellar-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Devnet, type DevnetOptions, startDevnet } from '../devnet.ts'
import { Keypair, Operation, Person, u32 } from '../test/kit.ts'
import { DiskStore } from './disk.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'devnet-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const start = (options: DevnetOptions = {}) => startDevnet({ interval: 'auto', home, ...options })

async function withNet<T>(run: (net: Devnet) => Promise<T>, options?: DevnetOptions): Promise<T> {
  const net = await start(options)
  try {
    return await run(net)
  } finally {
    await net.close()
  }
}

const segment = () => join(home, readdirSync(home).findLast((name) => name.startsWith('ledgers-'))!)

test('a restart goes on where it was: state, transactions, events, contracts, clock', async () => {
  const key = Keypair.random()
  const before = await withNet(async (net) => {
    const ana = await Person.create(net, key)
    const probe = await ana.deployProbe()
    const done = await ana.invoke(probe.call('emit', u32(2), u32(9)))
    await net.warp(1_000_000)
    return { ledger: net.ledger(), contract: probe, hash: done.txHash, at: done.ledger, balance: await ana.balance() }
  })
  await withNet(async (net) => {
    const ana = new Person(net, key)
    expect(net.ledger()).toEqual(before.ledger)
    expect(await ana.balance()).toBe(before.balance)
    expect(await ana.server.getTransaction(before.hash)).toMatchObject({ status: 'SUCCESS', ledger: before.at })
    const filters = [{ contractIds: [before.contract.contractId()] }]
    expect((await ana.server.getEvents({ startLedger: 1, filters })).events).toHaveLength(2)
    expect((await ana.invoke(before.contract.call('emit', u32(1), u32(9)))).status).toBe('SUCCESS')
    expect(net.ledger().closeTime).toBeGreaterThanOrEqual(before.ledger.closeTime)
  })
})

test('a tail that a crash tore off is dropped, and only that', async () => {
  const key = Keypair.random()
  const whole = await withNet(async (net) => {
    await Person.create(net, key)
    return net.ledger().sequence
  })
  // A process that ends in a crash does not write the state that a clean end leaves.
  const states = readdirSync(home).filter((name) => name.startsWith('state-'))
  expect(states).toHaveLength(2)
  rmSync(join(home, states[1]!))
  const { size } = statSync(segment())
  const tears: (() => void)[] = [
    () => truncateSync(segment(), size - 1),
    () => appendFileSync(segment(), Buffer.from([1, 2, 3])),
    () => appendFileSync(segment(), Buffer.alloc(5000, 7)),
  ]
  const bytes = readFileSync(segment())
  for (const [index, tear] of tears.entries()) {
    writeFileSync(segment(), bytes)
    for (const name of readdirSync(home)) if (/^state-/.test(name) && name !== states[0]) rmSync(join(home, name))
    tear()
    await withNet(async (net) => {
      expect(net.ledger().sequence).toBe(index === 0 ? whole - 1 : whole)
      await net.closeLedger()
    })
  }
})

test('bad bytes with whole ledgers behind them are damage, told with file, place and remedy, and nothing is cut', async () => {
  await withNet(async (net) => {
    for (let ledger = 0; ledger < 4; ledger++) await net.closeLedger()
  })
  // As a crash leaves it: without the state of a clean end.
  const states = readdirSync(home).filter((name) => name.startsWith('state-'))
  rmSync(join(home, states[1]!))
  const bytes = readFileSync(segment())
  const lengths: number[] = []
  for (let at = 0; at < bytes.length; at += 8 + bytes.readUInt32LE(at)) lengths.push(at)
  expect(lengths).toHaveLength(6)
  const third = lengths[2]!
  const damages: [string, (file: Buffer) => Buffer][] = [
    ['a bit of a record', (file) => flip(file, third + 20)],
    ['its checksum', (file) => flip(file, third + 5)],
    ['its length', (file) => flip(file, third + 1)],
    ['a length beyond the file', (file) => flip(file, third + 3)],
    ['a page of zeros', (file) => file.fill(0, third, lengths[3]! - 4)],
    ['bytes that are gone', (file) => Buffer.concat([file.subarray(0, third + 4), file.subarray(third + 10)])],
  ]
  for (const [what, damage] of damages) {
    const damaged = damage(Buffer.from(bytes))
    writeFileSync(segment(), damaged)
    const error = await start().catch((reason: unknown) => reason)
    expect(error, what).toMatchObject({ code: 'HOME_DAMAGED' })
    const { message } = error as Error
    expect(message, what).toContain(`${segment()} cannot be read at byte ${third}, after ledger 2, though ledger `)
    expect(message, what).toContain('Put back a copy of that file')
    expect(readFileSync(segment()).equals(damaged), what).toBe(true)
  }
  // The same bytes at the end are what a crash leaves.
  writeFileSync(segment(), flip(Buffer.from(bytes), lengths[5]! + 20))
  await withNet(async (net) => expect(net.ledger().sequence).toBe(5))
})

function flip(file: Buffer, at: number): Buffer {
  file[at]! ^= 0x40
  return file
}

test('damage in an older file, ledgers that a state needs, and a home without its name are told', async () => {
  const store = () => new DiskStore({ home, identity: 'x', segmentBytes: 200 })
  const record = (sequence: number) => {
    const bytes = Buffer.alloc(100)
    bytes.writeUInt32LE(8, 0)
    bytes.writeBigUInt64LE(BigInt(sequence), 4)
    return bytes
  }
  const first = store()
  await first.open()
  await first.begin(record(1), Buffer.from('state 1'))
  for (let sequence = 2; sequence <= 5; sequence++) first.append(sequence, record(sequence), () => Buffer.from('state'))
  await first.close()
  const files = readdirSync(home).filter((name) => name.startsWith('ledgers-'))
  expect(files.length).toBeGreaterThan(1)
  const read = async () => {
    const again = store()
    try {
      return [...(await again.open())!.records()].length
    } finally {
      await again.close()
    }
  }
  expect(await read()).toBe(5)
  const oldest = join(home, files[0]!)
  const bytes = readFileSync(oldest)
  writeFileSync(oldest, flip(Buffer.from(bytes), bytes.length - 1))
  await expect(read()).rejects.toThrow(`${oldest} cannot be read at byte`)
  writeFileSync(oldest, bytes)
  const states = readdirSync(home).filter((name) => name.startsWith('state-'))
  const newest = join(home, states.at(-1)!)
  rmSync(join(home, files.at(-1)!))
  rmSync(join(home, files.at(-2)!))
  await expect(read()).rejects.toThrow(/ledgers \d to \d are missing/)
  await expect(read()).rejects.toThrow(newest)
  rmSync(join(home, 'chain.json'))
  await expect(read()).rejects.toMatchObject({ code: 'HOME_DAMAGED' })
})

test('a home has one network at a time, keeps to its network, and says so', async () => {
  await withNet(async () => {
    await expect(start()).rejects.toMatchObject({ code: 'HOME_IN_USE' })
  })
  const mismatch = (options: DevnetOptions) => start(options).catch((error: Error & { code: string }) => error)
  const renamed = await mismatch({ passphrase: 'another' })
  expect(renamed).toMatchObject({ code: 'HOME_MISMATCH' })
  expect((renamed as Error).message).toContain("passphrase 'Standalone Network ; February 2017', not 'another'")
  expect((renamed as Error).message).not.toContain('settings')
  const both = (await mismatch({ passphrase: 'another', settings: 'testnet' })) as Error
  expect(both.message).toContain("settings 'mainnet', not 'testnet'")
  expect(both.message).toContain('--settings mainnet')
  expect(both.message).toContain("--passphrase 'Standalone Network ; February 2017'")
  const chain = readFileSync(join(home, 'chain.json'), 'utf8')
  writeFileSync(join(home, 'chain.json'), chain.replace(/"protocol":\d+/, '"protocol":27'))
  expect(((await mismatch({})) as Error).message).toContain('the release that runs protocol 27')
  writeFileSync(join(home, 'chain.json'), 'what is this')
  expect(((await mismatch({})) as Error).message).toContain('what is this')
  writeFileSync(join(home, 'chain.json'), chain)
  // The lock of a process that is gone does not count.
  writeFileSync(join(home, 'lock'), '999999999')
  await withNet(async (net) => expect(net.ledger().sequence).toBe(2))
})

test('snapshots replace old records once these have left the window', async () => {
  const store = () => new DiskStore({ home, identity: 'x', segmentBytes: 200 })
  const record = (sequence: number) => {
    const bytes = Buffer.alloc(100)
    bytes.writeUInt32LE(8, 0)
    bytes.writeBigUInt64LE(BigInt(sequence), 4)
    return bytes
  }
  const first = store()
  expect(await first.open()).toBeUndefined()
  const places = [await first.begin(record(1), Buffer.from('state 1'))]
  for (let sequence = 2; sequence <= 20; sequence++) {
    places.push(first.append(sequence, record(sequence), () => Buffer.from(`state ${sequence}`)))
    first.forget(places.at(-4) ?? places[0]!)
  }
  for (const [index, place] of places.slice(-4).entries()) expect(first.read(place)).toEqual(record(17 + index))
  await first.close()
  const second = store()
  const saved = (await second.open())!
  const found = [...saved.records()]
  for (const { record, place } of found) expect(second.read(place)).toEqual(Buffer.from(record))
  const kept = found.map((written) => Number(Buffer.from(written.record).readBigUInt64LE(4)))
  expect(kept.at(-1)).toBe(20)
  expect(kept.length).toBeLessThan(10)
  expect(kept[0]!).toBeGreaterThan(12)
  expect(String(saved.state)).toBe(`state ${saved.sequence}`)
  await second.close()
})

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

async function launch(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--home', home, '--interval', '0.02'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, url: line.toString().trim() }
}

test('killed at any moment, it has lost no ledger that anybody has seen', async () => {
  const key = Keypair.random()
  const hashes: string[] = []
  let seen = { sequence: 0, id: '' }
  for (let round = 0; round < 6; round++) {
    const { child, url } = await launch()
    const server = new rpc.Server(`${url}/rpc`, { allowHttp: true })
    const net = { rpcUrl: `${url}/rpc`, passphrase: (await server.getNetwork()).passphrase } as Devnet
    const latest = await server.getLatestLedger()
    expect(latest.sequence).toBeGreaterThanOrEqual(seen.sequence)
    for (const hash of hashes) expect(await server.getTransaction(hash)).toMatchObject({ status: 'SUCCESS' })
    const ana = new Person(net, key)
    if (round === 0) await server.requestAirdrop(ana.id)
    const tx = await ana.build([Operation.payment({ destination: ana.id, asset: Asset.native(), amount: '1' })])
    tx.sign(key)
    const { hash } = await server.sendTransaction(tx)
    if ((await server.pollTransaction(hash, { sleepStrategy: () => 10 })).status === 'SUCCESS') hashes.push(hash)
    const { sequence, id } = await server.getLatestLedger()
    seen = { sequence, id }
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect(hashes).toHaveLength(6)
})

test('the command stops cleanly on SIGTERM and leaves its home unlocked', async () => {
  const { child } = await launch()
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(readdirSync(home)).not.toContain('lock')
})
