/** Every limit of one transaction on the public network, held here: what fits passes, one more does not. */
import type { Contract } from '@stellar/stellar-sdk'
import { xdr } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import {
  hash,
  Keypair,
  Operation,
  Person,
  padded,
  Refused,
  resultCode,
  sorobanData,
  u32,
  withFootprint,
} from './kit.ts'

let net: Devnet
let ana: Person
let probe: Contract

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  probe = await ana.deployProbe()
})
afterAll(() => net.close())

/** How a contract transaction ended: in its ledger, or already at the door. */
async function outcome(sent: Promise<{ resultXdr: xdr.TransactionResult }>): Promise<string> {
  return sent.then(
    (done) => resultCode(done.resultXdr),
    (error: unknown) => {
      if (error instanceof Refused) return error.code
      throw error
    },
  )
}

const EXCEEDED = 'invokeHostFunctionResourceLimitExceeded'
const INVALID = 'txSorobanInvalid'
const bytes = (length: number) => xdr.ScVal.scvBytes(new Uint8Array(length))

describe('400 million instructions', () => {
  test('no more may be declared', async () => {
    const declare = (instructions: number) =>
      outcome(ana.invoke(probe.call('label'), (data) => data.setResources(instructions, 0, 0)))
    expect(await declare(400_000_000)).toBe('txSuccess')
    expect(await declare(400_000_001)).toBe(INVALID)
  })

  test('no more than declared may be used, and simulation says that a call needs too many', async () => {
    const call = probe.call('work', u32(1000))
    const used = net.costs((await ana.invoke(call)).txHash)!.instructions
    expect(await outcome(ana.invoke(call, (data) => data.setResources(used - 100_000, 0, 0)))).toBe(EXCEEDED)
    await expect(ana.prepare(probe.call('work', u32(1_000_000)))).rejects.toThrow('Budget, ExceededLimit')
  })
})

test('40 MiB of memory', async () => {
  const run = async (blocks: number) => {
    const small = await ana.prepare(probe.call('hold', u32(1)))
    const { readOnly } = sorobanData(small).resources.footprint
    const big = await ana.build([probe.call('hold', u32(blocks))], { fee: '90000000' })
    return ana.submit(withFootprint(big, [...readOnly], []))
  }
  const fits = await run(200)
  expect(resultCode(fits.resultXdr)).toBe('txSuccess')
  expect(resultCode((await run(2000)).resultXdr)).toBe(EXCEEDED)
})

test('400 entries in the footprint', async () => {
  expect(await outcome(ana.invoke(probe.call('read', u32(0), u32(398))))).toBe('txSuccess')
  expect(await outcome(ana.invoke(probe.call('read', u32(0), u32(399))))).toBe(INVALID)
})

test('200 entries read from disk', async () => {
  const accounts = Array.from({ length: 201 }, () =>
    xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: Keypair.random().xdrAccountId() })),
  )
  const run = (count: number) =>
    outcome(
      ana.invoke(probe.call('label'), (data) =>
        data.appendFootprint(accounts.slice(0, count), []).setResources(50_000_000, 0, 0),
      ),
    )
  expect(await run(200)).toBe('txSuccess')
  expect(await run(201)).toBe(INVALID)
})

describe('200,000 bytes read from disk', () => {
  const declare = (read: number) =>
    outcome(ana.invoke(probe.call('label'), (data) => data.setResources(1_000_000, read, 0)))

  test('no more may be declared', async () => {
    expect(await declare(200_000)).toBe('txSuccess')
    expect(await declare(200_001)).toBe(INVALID)
  })

  test('no more than declared may be read', async () => {
    const own = xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: ana.key.xdrAccountId() }))
    const run = (read: number) =>
      outcome(
        ana.invoke(probe.call('label'), (data) => data.appendFootprint([own], []).setResources(1_000_000, read, 0)),
      )
    expect(await run(1_000)).toBe('txSuccess')
    expect(await run(50)).toBe(EXCEEDED)
  })
})

test('200 entries written', async () => {
  const run = (count: number) => outcome(ana.invoke(probe.call('write', u32(1000), u32(count), u32(8))))
  expect(await run(200)).toBe('txSuccess')
  expect(await run(201)).toBe(INVALID)
})

describe('132,096 bytes written', () => {
  test('no more may be declared', async () => {
    const declare = (write: number) =>
      outcome(ana.invoke(probe.call('label'), (data) => data.setResources(1_000_000, 0, write)))
    expect(await declare(132_096)).toBe('txSuccess')
    expect(await declare(132_097)).toBe(INVALID)
  })

  test('no more than declared may be written', async () => {
    const call = probe.call('write', u32(2000), u32(2), u32(1000))
    expect(await outcome(ana.invoke(call, (data) => data.setResources(50_000_000, 0, 2_000)))).toBe(EXCEEDED)
    expect(await outcome(ana.invoke(call, (data) => data.setResources(50_000_000, 0, 3_000)))).toBe('txSuccess')
  })
})

test('16,384 bytes of events', async () => {
  expect(await outcome(ana.invoke(probe.call('emit', u32(3), u32(5_000))))).toBe('txSuccess')
  const cost = net.costs((await ana.invoke(probe.call('emit', u32(1), u32(16_000)))).txHash)!
  const most = 16_000 + (16_384 - cost.eventBytes)
  expect(await outcome(ana.invoke(probe.call('emit', u32(1), u32(most))))).toBe('txSuccess')
  expect(await outcome(ana.invoke(probe.call('emit', u32(1), u32(most + 4))))).toBe(EXCEEDED)
})

test('132,096 bytes of transaction', async () => {
  const base = (await ana.prepare(probe.call('label'))).toEnvelope().toXdr('raw').length
  const { readOnly } = sorobanData(await ana.prepare(probe.call('label'))).resources.footprint
  const run = async (length: number) => {
    const tx = await ana.build([probe.call('label', bytes(length))], { fee: '90000000' })
    return withFootprint(tx, [...readOnly], [])
  }
  const signature = 4 + 4 + 64
  const most = 132_096 - base - 8 - signature
  // One argument too many fails in the contract, but only what fits gets that far.
  expect(await outcome(ana.submit(await run(most)))).toBe('invokeHostFunctionTrapped')
  expect(await outcome(ana.submit(await run(most + 4)))).toBe(INVALID)
})

test('128 KiB of contract code', async () => {
  const upload = async (length: number) => {
    const wasm = padded(length)
    const tx = await ana.build([Operation.uploadContractWasm({ wasm })], { fee: '900000000' })
    const key = xdr.LedgerKey.contractCode(new xdr.LedgerKeyContractCode({ hash: xdr.Hash.fromXdr(hash(wasm)) }))
    return outcome(ana.submit(withFootprint(tx, [], [key])))
  }
  expect(await upload(130_800)).toBe('txSuccess')
  expect(await upload(131_073)).toBe('invokeHostFunctionMalformed')
})

test('65,536 bytes in an entry', async () => {
  const run = (size: number) => outcome(ana.invoke(probe.call('write', u32(3000), u32(1), u32(size))))
  expect(await run(65_000)).toBe('txSuccess')
  expect(await run(66_000)).toBe(EXCEEDED)
})

test('the unlimited profile lets all of it pass', async () => {
  const free = await startDevnet({ interval: 'auto', settings: 'unlimited' })
  try {
    const eve = await Person.create(free)
    const open = await eve.deployProbe()
    expect(await outcome(eve.invoke(open.call('emit', u32(4), u32(5_000))))).toBe('txSuccess')
    expect(await outcome(eve.invoke(open.call('write', u32(0), u32(250), u32(8))))).toBe('txSuccess')
  } finally {
    await free.close()
  }
})
