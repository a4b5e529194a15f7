/** JSON-RPC as the official server speaks it: pages of events, cursors, batches, errors, and hostile input. */
import {
  Asset,
  type Contract,
  Memo,
  nativeToScVal,
  type rpc,
  scValToNative,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { Operation, Person, u32 } from '../test/kit.ts'

let net: Devnet
let ana: Person
let probe: Contract
let start: number

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  probe = await ana.deployProbe()
  start = net.ledger().sequence + 1
  for (let round = 0; round < 3; round++) await ana.invoke(probe.call('emit', u32(4), u32(3)))
})
afterAll(() => net.close())

async function post(body: string): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(net.rpcUrl, { method: 'POST', body })
  return { status: response.status, answer: response.status === 204 ? undefined : await response.json() }
}

async function ask(
  method: string,
  params: unknown = {},
): Promise<Record<string, never> & { error?: { code: number; message: string } }> {
  const { answer } = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
  const { result, error } = answer as { result?: object; error?: object }
  return { ...result, ...(error && { error }) } as never
}

const mine = () => [{ type: 'contract' as const, contractIds: [probe.contractId()] }]

describe('getEvents', () => {
  test('pages follow each other by cursor without gap or repetition, and the last page still has a cursor', async () => {
    const numbers: number[] = []
    const ids = new Set<string>()
    let page = await ana.server.getEvents({ startLedger: start, filters: mine(), limit: 5 })
    for (;;) {
      numbers.push(...page.events.map((event) => scValToNative(event.topic[1]!) as number))
      for (const { id } of page.events) ids.add(id)
      if (page.events.length < 5) break
      expect(page.cursor).toBe(page.events.at(-1)!.id)
      page = await ana.server.getEvents({ cursor: page.cursor, filters: mine(), limit: 5 })
    }
    expect(numbers).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3])
    expect(ids.size).toBe(12)
    expect(page.cursor).toBe(
      `${((BigInt(net.ledger().sequence) << 32n) | 0xffffffffn).toString().padStart(19, '0')}-4294967295`,
    )
    const empty = await ana.server.getEvents({ cursor: page.cursor, filters: mine() })
    expect(empty.events).toEqual([])
    await ana.invoke(probe.call('emit', u32(1), u32(1)))
    expect((await ana.server.getEvents({ cursor: empty.cursor, filters: mine() })).events).toHaveLength(1)
  })

  test('topics filter by value, by wildcard, and by length', async () => {
    const name = nativeToScVal('noise', { type: 'symbol' }).toXdr('base64')
    const two = u32(2).toXdr('base64')
    const count = async (topics: string[][]) =>
      (await ana.server.getEvents({ startLedger: start, endLedger: start + 3, filters: [{ ...mine()[0], topics }] }))
        .events.length
    expect(await count([[name, two]])).toBe(3)
    expect(await count([['*', two]])).toBe(3)
    expect(await count([[name, '*']])).toBe(12)
    expect(await count([[name]])).toBe(0)
    expect(await count([[name, '**']])).toBe(12)
    expect(await count([['**']])).toBe(12)
    expect(await count([[two], [name, two]])).toBe(3)
  })

  test('system and classic events stand beside: fees of every transaction under the native asset', async () => {
    const contractIds = [Asset.native().contractId(net.passphrase)]
    const { events } = await ana.server.getEvents({
      startLedger: start,
      endLedger: start + 1,
      filters: [{ contractIds }],
    })
    expect(events.map((event) => scValToNative(event.topic[0]!))).toEqual(['fee', 'fee'])
    expect(scValToNative(events[0]!.value)).toBeGreaterThan(0n)
    expect(scValToNative(events[1]!.value)).toBeLessThan(0n)
  })

  test('what is out of range or out of form is refused in the official words', async () => {
    const last = net.ledger().sequence
    const message = async (params: object) => (await ask('getEvents', params)).error
    expect(await message({ startLedger: last + 1 })).toEqual({
      code: -32600,
      message: `startLedger must be within the ledger range: 1 - ${last}`,
    })
    expect(await message({})).toEqual({ code: -32602, message: 'startLedger must be positive' })
    expect(await message({ startLedger: 1, pagination: { cursor: '1-1' } })).toMatchObject({
      message: 'ledger ranges and cursor cannot both be set',
    })
    expect(await message({ startLedger: 1, pagination: { limit: 10_001 } })).toMatchObject({
      message: 'limit must not exceed 10000',
    })
    expect(await message({ startLedger: 1, filters: Array(6).fill({}) })).toMatchObject({
      message: 'maximum 5 filters per request',
    })
    expect(await message({ startLedger: 1, filters: [{ contractIds: ['CNOPE'] }] })).toMatchObject({
      message: 'filter 1 invalid: contract ID 1 invalid',
    })
    expect(await message({ startLedger: 1, filters: [{ type: 'diagnostic' }] })).toMatchObject({
      message: expect.stringContaining("either 'system' or 'contract'"),
    })
    expect(await message({ startLedger: 1, filters: [{ topics: [['**', '*']] }] })).toMatchObject({
      message: expect.stringContaining('only allowed as the last segment'),
    })
  })

  test('a topic that is no ScVal is an error as the official server has it, and not a filter that matches nothing', async () => {
    const error = async (topic: unknown) =>
      (await ask('getEvents', { startLedger: 1, filters: [{ topics: [[topic, '**']] }] })).error
    const refused = (data: unknown) => ({ code: -32602, message: 'invalid parameters', data })
    // The name of an event in base64, and as it is: the commonest mistakes.
    expect(await error('dHJhbnNmZXI=')).toEqual(
      refused("decoding ScValType: '1953653102' is not a valid ScValType enum value"),
    )
    expect(await error('transfer')).toEqual(
      refused("decoding ScValType: '-1229543503' is not a valid ScValType enum value"),
    )
    const symbol = nativeToScVal('transfer', { type: 'symbol' }).toXdr('base64')
    for (const topic of ['not base64!', '', 'AAA=', 'AAAADwAAAAg=', `${symbol.replaceAll('=', '')}AAAA`, 5, null]) {
      expect(await error(topic)).toEqual(refused(expect.any(String)))
    }
    expect(await error(symbol)).toBeUndefined()
  })

  test('what has the wrong type is told as the official server tells it', async () => {
    const refused = { code: -32602, message: 'invalid parameters', data: expect.any(String) }
    for (const params of [{ startLedger: '5' }, { startLedger: -5 }, { startLedger: 1, filters: 'all' }, [1]]) {
      expect((await ask('getEvents', params)).error).toEqual(refused)
    }
    expect((await ask('getLedgerEntries', { keys: 'x' })).error).toEqual(refused)
    expect(await ask('getHealth', { unknown: 1 })).toMatchObject({ status: 'healthy' })
  })
})

describe('transactions', () => {
  test('are found by hash, listed in pages, and missing ones are not found', async () => {
    const done = await ana.send(Operation.manageData({ name: 'a', value: 'b' }))
    expect(await ask('getTransaction', { hash: done.txHash })).toMatchObject({
      status: 'SUCCESS',
      ledger: done.ledger,
      createdAt: String(done.createdAt),
      applicationOrder: 1,
    })
    expect(await ask('getTransaction', { hash: '00'.repeat(32) })).toMatchObject({ status: 'NOT_FOUND' })
    expect((await ask('getTransaction', { hash: 'ab' })).error).toMatchObject({ code: -32602 })
    const all = await ana.server.getTransactions({ startLedger: 1 })
    const seen: string[] = []
    let page = await ana.server.getTransactions({ startLedger: 1, pagination: { limit: 2 } })
    while (page.transactions.length > 0) {
      seen.push(...page.transactions.map(({ txHash }) => txHash))
      page = await ana.server.getTransactions({ pagination: { cursor: page.cursor, limit: 2 } })
    }
    expect(seen).toEqual(all.transactions.map(({ txHash }) => txHash))
    expect(seen).toContain(done.txHash)
  })

  test('what is no transaction is an error of the parameters', async () => {
    expect((await ask('sendTransaction', { transaction: 'nonsense' })).error).toEqual({
      code: -32602,
      message: 'invalid_xdr',
    })
    expect((await ask('sendTransaction', { transaction: 'AAAA' })).error).toEqual({
      code: -32602,
      message: 'invalid_xdr',
    })
    expect(await ask('simulateTransaction', { transaction: 'AAAA' })).toMatchObject({
      error: 'Could not unmarshal transaction',
    })
  })

  test('a memo, an operation that is no call, and a format that does not exist are answers of a simulation', async () => {
    const simulated = async (tx: { toXdr(): string }, more: object = {}) =>
      ask('simulateTransaction', { transaction: tx.toXdr(), ...more })
    const call = await ana.build([probe.call('label')])
    const memo = TransactionBuilder.cloneFrom(call, {
      fee: '100',
      networkPassphrase: net.passphrase,
      memo: Memo.id('7'),
    })
    expect(await simulated(memo.build())).toEqual({
      error: 'Transaction contains a memo. Soroban transactions do not support memos.',
      latestLedger: 0,
    })
    expect(await simulated(await ana.build([Operation.bumpSequence({ bumpTo: '9' })]))).toEqual({
      error: 'transaction contains unsupported operation type: OperationTypeBumpSequence',
      latestLedger: 0,
    })
    expect(await simulated(call, { xdrFormat: 'yaml' })).toEqual({
      error: "got 'yaml': expected base64, json for optional 'xdrFormat'",
      latestLedger: 0,
    })
  })

  test('an envelope that would take more than 1 MiB decoded is refused, and one just below is read', async () => {
    const envelope = async (entries: number) => (await ana.build([probe.call('cell', voids(entries))])).toXdr()
    const tooLong = await envelope(2_977)
    expect((await ask('sendTransaction', { transaction: tooLong })).error).toEqual({
      code: -32602,
      message: 'invalid_xdr',
    })
    expect(await ask('simulateTransaction', { transaction: tooLong })).toMatchObject({
      error: 'Could not unmarshal transaction',
    })
    const fits = await ask('simulateTransaction', { transaction: await envelope(2_976) })
    expect(fits.error).toMatch(/^HostError/)
  })

  test('values nested as deep as the format allows do no harm', async () => {
    for (const depth of [60, 110, 120, 200, 240, 300]) {
      let nested: xdr.ScVal = xdr.ScVal.scvVoid()
      for (let level = 0; level < depth; level++) nested = xdr.ScVal.scvVec([nested])
      const tx = await ana.build([probe.call('cell', nested)])
      const params = { transaction: tx.toXdr() }
      expect(await ask('simulateTransaction', params)).toMatchObject({ error: expect.any(String) })
      tx.sign(ana.key)
      const answer = await ask('sendTransaction', { transaction: tx.toXdr() })
      expect(answer.error?.code ?? -32602).toBe(-32602)
    }
    expect((await ana.server.getLatestLedger()).sequence).toBe(net.ledger().sequence)
  })

  test('a thousand mutated envelopes get an answer, and the network goes on', async () => {
    const prepared = await ana.prepare(probe.call('emit', u32(1), u32(1)))
    prepared.sign(ana.key)
    const envelope = prepared.toEnvelope().toXdr('raw')
    let random = 12345
    const next = (below: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
      return (random >>> 8) % below
    }
    const requests = Array.from({ length: 1_000 }, (_, id) => {
      const bytes = Uint8Array.from(envelope)
      for (let change = next(4); change >= 0; change--) bytes[next(bytes.length)] = next(256)
      const method = next(2) === 0 ? 'sendTransaction' : 'simulateTransaction'
      return { jsonrpc: '2.0', id, method, params: { transaction: Buffer.from(bytes).toString('base64') } }
    })
    for (let at = 0; at < requests.length; at += 100) {
      const { answer } = await post(JSON.stringify(requests.slice(at, at + 100)))
      const codes = (answer as { error?: { code: number } }[]).flatMap(({ error }) => error?.code ?? [])
      expect(codes.filter((code) => code !== -32602)).toEqual([])
    }
    expect((await ana.send(Operation.manageData({ name: 'still', value: 'here' }))).status).toBe('SUCCESS')
  })
})

describe('getLedgers', () => {
  const checked = ({ ledgers }: rpc.Api.GetLedgersResponse) =>
    ledgers.map(({ sequence, hash, ledgerCloseTime, headerXdr, metadataXdr }) => {
      expect(headerXdr.header.ledgerSeq).toBe(sequence)
      expect(headerXdr.hash.toXdr('hex')).toBe(hash)
      expect(headerXdr.header.scpValue.closeTime.toString()).toBe(ledgerCloseTime)
      if (metadataXdr.type !== 'v2') throw new Error(`close meta ${metadataXdr.type}`)
      expect(metadataXdr.value.ledgerHeader.toXdr('hex')).toBe(headerXdr.toXdr('hex'))
      return { previous: headerXdr.header.previousLedgerHash.toXdr('hex'), hash, meta: metadataXdr.value }
    })

  test('gives headers that follow each other, with the transactions that getTransaction tells', async () => {
    const done = await ana.invoke(probe.call('emit', u32(1), u32(2)))
    const [ledger] = checked(await ana.server.getLedgers({ startLedger: done.ledger, pagination: { limit: 1 } }))
    const [processed] = ledger!.meta.txProcessing
    expect(processed!.result.transactionHash.toXdr('hex')).toBe(done.txHash)
    expect(processed!.txApplyProcessing.toXdr('base64')).toBe(done.resultMetaXdr.toXdr('base64'))
    expect(ledger!.meta.txSet.toXdr('hex')).toContain(done.envelopeXdr.toXdr('hex'))
    const hashes: string[] = []
    let page = await ana.server.getLedgers({ startLedger: 1, pagination: { limit: 3 } })
    for (;;) {
      for (const { previous, hash } of checked(page)) {
        expect(previous).toBe(hashes.at(-1) ?? '00'.repeat(32))
        hashes.push(hash)
      }
      expect(page.cursor).toBe(String(page.ledgers.at(-1)!.sequence))
      if (page.ledgers.at(-1)!.sequence === page.latestLedger) break
      page = await ana.server.getLedgers({ pagination: { cursor: page.cursor, limit: 3 } })
    }
    expect(hashes).toHaveLength(net.ledger().sequence)
    expect(page).toMatchObject({ oldestLedger: 1, latestLedgerCloseTime: net.ledger().closeTime })
  })

  test('refuses what is out of range in the official words', async () => {
    const { sequence } = net.ledger()
    const range = `must be between the oldest ledger: 1 and the latest ledger: ${sequence} for this rpc instance`
    const message = async (params: object) => (await ask('getLedgers', params)).error
    expect(await message({})).toEqual({ code: -32600, message: `start ledger (0) ${range}` })
    expect(await message({ startLedger: sequence + 1 })).toMatchObject({ code: -32600 })
    expect(await message({ startLedger: 1, pagination: { limit: 201 } })).toEqual({
      code: -32600,
      message: 'limit must not exceed 200',
    })
    expect(await message({ startLedger: 1, pagination: { cursor: '1' } })).toEqual({
      code: -32600,
      message: 'startLedger (1) and cursor (1) cannot both be set',
    })
    expect(await message({ pagination: { cursor: String(sequence) } })).toEqual({
      code: -32602,
      message: `cursor ('${sequence}') ${range}`,
    })
    expect(await message({ pagination: { cursor: 'abc' } })).toMatchObject({ code: -32602 })
  })
})

describe('ledger entries', () => {
  test('come in the order of their keys, missing ones left out, at most 200 at once', async () => {
    const known = (await ana.server.getLedgerEntries(probe.getFootprint())).entries[0]!
    expect(known.liveUntilLedgerSeq).toBeGreaterThan(net.ledger().sequence)
    const key = probe.getFootprint().toXdr('base64')
    expect((await ask('getLedgerEntries', { keys: Array(201).fill(key) })).error).toEqual({
      code: -32602,
      message: 'key count (201) exceeds maximum supported (200)',
    })
    expect((await ask('getLedgerEntries', { keys: [key, key, '????'] })).error).toEqual({
      code: -32602,
      message: 'cannot unmarshal key value ???? at index 2',
    })
    expect((await ask('getLedgerEntries', { keys: [key, 'AAAA'] })).error).toMatchObject({
      message: 'cannot unmarshal key value AAAA at index 1',
    })
  })

  test('a key that would take more than 16 KiB decoded is refused, and one just below is looked up', async () => {
    const key = (entries: number) =>
      xdr.LedgerKey.contractData(
        new xdr.LedgerKeyContractData({
          contract: probe.address().toScAddress(),
          key: voids(entries),
          durability: xdr.ContractDataDurability.persistent,
        }),
      ).toXdr('base64')
    expect((await ask('getLedgerEntries', { keys: [key(49)] })).error).toEqual({
      code: -32602,
      message: `cannot unmarshal key value ${key(49)} at index 0`,
    })
    expect((await ask('getLedgerEntries', { keys: [key(46)] })).error).toMatchObject({ code: -32602 })
    expect(await ask('getLedgerEntries', { keys: [key(45)] })).toMatchObject({ entries: [] })
  })
})

describe('the protocol around', () => {
  test('batches, notifications and malformed requests', async () => {
    const request = (id: unknown, method = 'getHealth') => ({ jsonrpc: '2.0', ...(id !== undefined && { id }), method })
    const { answer } = await post(JSON.stringify([request(1), request('b', 'nope'), request(undefined), 7]))
    expect(answer).toEqual([
      { jsonrpc: '2.0', id: 1, result: expect.objectContaining({ status: 'healthy' }) },
      { jsonrpc: '2.0', id: 'b', error: { code: -32601, message: 'method not found' } },
      { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'invalid request' } },
    ])
    expect((await post('{')).answer).toMatchObject({ error: { code: -32700 } })
    expect((await post('[]')).answer).toMatchObject({ error: { code: -32600 } })
    expect((await post(JSON.stringify(request(undefined)))).status).toBe(204)
    expect((await ask('constructor')).error).toMatchObject({ code: -32601 })
  })

  test('bodies have a limit, controls are off unless wanted', async () => {
    expect((await fetch(net.rpcUrl, { method: 'POST', body: 'x'.repeat(5_000_000) })).status).toBe(413)
    for (const path of ['/warp', '/close', '/snapshots']) {
      expect((await fetch(`${net.url}${path}`, { method: 'POST', body: '{"seconds":5}' })).status).toBe(404)
    }
    expect(await (await fetch(`${net.url}/health`)).json()).toMatchObject({ status: 'healthy' })
  })
})

/** A map of so many entries of nothing. */
const voids = (entries: number) =>
  xdr.ScVal.scvMap(
    Array.from({ length: entries }, () => new xdr.ScMapEntry({ key: xdr.ScVal.scvVoid(), val: xdr.ScVal.scvVoid() })),
  )
