/** What an unmodified client of the official SDK can ask beyond the first hour: every form of it gets the network's own answer. */
import {
  Address,
  Asset,
  type Contract,
  contract,
  hash,
  Keypair,
  rpc,
  scValToNative,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { address, i128, Operation, Person, PROBE, serverOf, symbol, u32 } from './kit.ts'

let net: Devnet
let ana: Person
let ben: Person
let probe: Contract
let native: Contract

/** The probe as its client sees it. */
type Call<Result> = (args: object, options?: object) => Promise<contract.AssembledTransaction<Result>>
interface Probe {
  label: Call<string>
  set_label: Call<null>
  write: Call<null>
  cell: Call<Uint8Array | undefined>
  work: Call<Uint8Array>
  fail: Call<contract.Result<void>>
  pay: Call<null>
}

/** The public network's shortest lifetime of a persistent entry, in ledgers. */
const PERSISTENT = 2_073_600

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  ben = await Person.create(net)
  probe = await ana.deployProbe()
  native = await ana.wrap(Asset.native())
})
afterAll(() => net.close())

const optionsOf = (person: Person, contractId = probe.contractId()) => ({
  contractId,
  rpcUrl: net.rpcUrl,
  allowHttp: true,
  networkPassphrase: net.passphrase,
  publicKey: person.id,
  ...contract.basicNodeSigner(person.key, net.passphrase),
})

async function ask<T>(method: string, params: object): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const { result, error } = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as Record<string, T>
  return (result ?? error)!
}

describe('contract.Client', () => {
  test('finds the interface by address, by hash and in the file, and that of an asset without any file', async () => {
    const clients = [
      await contract.Client.from<Probe>(optionsOf(ana)),
      await contract.Client.fromWasmHash<Probe>(hash(PROBE), optionsOf(ana)),
      await contract.Client.fromWasm<Probe>(PROBE, optionsOf(ana)),
    ]
    for (const client of clients) expect((await client.label({})).result).toBe('fresh')
    const token = await contract.Client.from<{ decimals: Call<number> }>(optionsOf(ana, native.contractId()))
    expect((await token.decimals({})).result).toBe(7)
    const methods = await ana.server.getContractMethods(probe.contractId())
    expect(methods.map(({ name }) => name)).toContain('set_label')
  })

  test('a reading call needs no account, and is not sent', async () => {
    const { publicKey: _, ...anonymous } = optionsOf(ana)
    const client = await contract.Client.from<Probe>(anonymous)
    const before = net.ledger()
    const call = await client.work({ rounds: 3 })
    expect(call.isReadCall).toBe(true)
    expect(call.result).toHaveLength(32)
    expect(net.ledger()).toEqual(before)
  })

  test('a call goes through JSON to another machine, is signed there, and returns', async () => {
    const client = await contract.Client.from<Probe>(optionsOf(ana))
    const made = await client.set_label({ label: 'traveled' })
    const elsewhere = client.txFromJson<null>(made.toJson())
    await elsewhere.sign()
    await elsewhere.send()
    expect((await client.label({})).result).toBe('traveled')
  })

  test('two parties agree to one call, each on its own machine', async () => {
    const client = await contract.Client.from<Probe>(optionsOf(ana))
    const before = await ben.balance()
    const made = await client.pay({ token: native.contractId(), from: ben.id, to: ana.id, amount: 4n })
    expect(made.needsNonInvokerSigningBy()).toEqual([ben.id])
    await expect(made.signAndSend()).rejects.toThrow(/requires signatures from|sign/i)
    const theirs = (await contract.Client.from<Probe>(optionsOf(ben))).txFromXDR<null>(made.toXDR())
    await theirs.signAuthEntries({ expiration: net.ledger().sequence + 50 })
    const back = client.txFromXDR<null>(theirs.toXDR())
    await back.simulate()
    await back.signAndSend()
    expect(await ben.balance()).toBe(before - 4n)
  })

  test("a contract's error is its own, in the words of its interface", async () => {
    const client = await contract.Client.from<Probe>(optionsOf(ana))
    const { result } = await client.fail({})
    expect(result.isErr() && result.unwrapErr()).toMatchObject({ message: 'The caller asked for a failure.' })
  })

  test('what is archived is brought back on the way, asked for or not', async () => {
    const client = await contract.Client.from<Probe>(optionsOf(ana))
    await (await client.write({ start: 50, count: 2, size: 30 })).signAndSend()
    await net.warp(0, PERSISTENT)
    const asked = await client.cell({ number: 50 }, { restore: true })
    await asked.signAndSend({ force: true })
    expect(asked.result).toHaveLength(30)
    const plain = await client.cell({ number: 51 })
    expect(plain.isReadCall).toBe(false)
    const sent = await plain.signAndSend()
    expect(sent.result).toHaveLength(30)
    expect((await client.cell({ number: 51 })).isReadCall).toBe(true)
  })
})

describe('rpc.Server', () => {
  test('reads accounts, data, code and balances of every kind', async () => {
    const { server } = ana
    const usd = new Asset('USD', ana.id)
    await ben.send(Operation.changeTrust({ asset: usd, limit: '50' }))
    await ana.send(Operation.payment({ destination: ben.id, asset: usd, amount: '3' }))
    expect((await server.getAssetBalance(ben.id, usd)).balanceEntry).toMatchObject({
      amount: '30000000',
      authorized: true,
      clawback: false,
    })
    await expect(server.getAssetBalance(ana.id, new Asset('EUR', ben.id))).rejects.toThrow('not found')
    await ana.invoke(native.call('transfer', address(ana.id), address(probe.contractId()), i128(9n)))
    const inContract = await server.getAssetBalance(probe, Asset.native(), net.passphrase)
    expect(inContract.balanceEntry).toMatchObject({ authorized: true, clawback: false })
    expect(BigInt(inContract.balanceEntry!.amount)).toBeGreaterThanOrEqual(9n)
    expect((await server.getSACBalance(probe.contractId(), usd, net.passphrase)).balanceEntry).toBeUndefined()

    await ana.invoke(probe.call('write', u32(1), u32(1), u32(5)))
    await ana.invoke(probe.call('brief', u32(1), u32(6)))
    const key = (name: string) => xdr.ScVal.scvVec([xdr.ScVal.scvSymbol(name), u32(1)])
    const cell = await server.getContractData(probe, key('Cell'), rpc.Durability.Persistent)
    expect(cell.val.type === 'contractData' && scValToNative(cell.val.value.val)).toEqual(new Uint8Array(5).fill(7))
    const brief = await server.getContractData(probe, key('Brief'), rpc.Durability.Temporary)
    expect(brief.liveUntilLedgerSeq).toBe(net.ledger().sequence + 17_280 - 1)
    await expect(server.getContractData(probe, key('Brief'), rpc.Durability.Persistent)).rejects.toMatchObject({
      code: 404,
    })
    const instance = await server.getContractInstance(probe.contractId())
    expect(instance.executable.type).toBe('contractExecutableWasm')
    expect(Buffer.from(await server.getContractWasmByHash(hash(PROBE)))).toEqual(PROBE)
  })

  test('follows a transaction until it is in a ledger, and gives up on one that is not', async () => {
    const tx = await ana.build([Operation.manageData({ name: 'x', value: 'y' })])
    tx.sign(ana.key)
    const { hash: id } = await ana.server.sendTransaction(tx)
    const found = await ana.server.pollTransaction(id, { attempts: 5, sleepStrategy: () => 1 })
    expect(found).toMatchObject({ status: 'SUCCESS', txHash: id })
    const missing = await ana.server.pollTransaction('11'.repeat(32), { attempts: 2, sleepStrategy: () => 1 })
    expect(missing.status).toBe('NOT_FOUND')
    const newcomer = Keypair.random().publicKey()
    const funded = await ana.server.fundAddress(newcomer)
    expect(funded).toMatchObject({ status: 'SUCCESS', ledger: net.ledger().sequence })
    expect((await ana.server.getAccountEntry(newcomer)).balance).toBe(100_000_000_000n)
  })

  test('learns from fees what others paid, whatever they bid', async () => {
    const other = await startDevnet({ interval: 'auto' })
    try {
      const eve = await Person.create(other)
      const before = await eve.server.getFeeStats()
      for (const fee of ['100', '900']) {
        await eve.submit(await eve.build([Operation.bumpSequence({ bumpTo: '0' })], { fee }))
      }
      await eve.wrap(Asset.native())
      const { inclusionFee, sorobanInclusionFee, latestLedger } = await eve.server.getFeeStats()
      expect(inclusionFee).toMatchObject({ max: '100', min: '100', mode: '100', p10: '100', p99: '100' })
      expect(Number(inclusionFee.transactionCount)).toBe(Number(before.inclusionFee.transactionCount) + 2)
      expect(before.sorobanInclusionFee).toMatchObject({ max: '0', transactionCount: '0' })
      expect(sorobanInclusionFee).toMatchObject({ max: '100', transactionCount: '1' })
      expect(latestLedger).toBe(other.ledger().sequence)
    } finally {
      await other.close()
    }
  })

  test('pages through transactions and ledgers, with every limit, to the same list', async () => {
    const { server } = ana
    const { sequence } = net.ledger()
    const { transactions: all } = await server.getTransactions({ startLedger: 2, pagination: { limit: 200 } })
    for (const limit of [1, 3, 7]) {
      const hashes: string[] = []
      let page = await server.getTransactions({ startLedger: 2, pagination: { limit } })
      for (;;) {
        hashes.push(...page.transactions.map(({ txHash }) => txHash))
        if (page.transactions.length < limit) break
        page = await server.getTransactions({ pagination: { cursor: page.cursor, limit } })
      }
      expect(hashes).toEqual(all.map(({ txHash }) => txHash))
    }
    const from = sequence - 4
    const { ledgers } = await server.getLedgers({ startLedger: from, pagination: { limit: 200 } })
    expect(ledgers.map((ledger) => ledger.sequence)).toEqual(Array.from({ length: 5 }, (_, index) => from + index))
  })
})

describe('events', () => {
  const NAME = () => symbol('noise').toXdr('base64')
  const count = async (request: Partial<rpc.Api.GetEventsRequest> & { filters: rpc.Api.EventFilter[] }) =>
    (await ana.server.getEvents({ startLedger: net.ledger().sequence, ...request } as rpc.Api.GetEventsRequest)).events
      .length

  test('filters are alternatives, and what is within one must all hold', async () => {
    const other = await ana.invoke(probe.call('emit', u32(3), u32(2)))
    expect(other.status).toBe('SUCCESS')
    const mine: rpc.Api.EventFilter = { type: 'contract', contractIds: [probe.contractId()] }
    const fees: rpc.Api.EventFilter = { contractIds: [native.contractId()] }
    expect(await count({ filters: [] })).toBe(5)
    expect(await count({ filters: [mine] })).toBe(3)
    expect(await count({ filters: [fees] })).toBe(2)
    expect(await count({ filters: [mine, fees] })).toBe(5)
    expect(await count({ filters: [{ contractIds: [probe.contractId(), native.contractId()] }] })).toBe(5)
    expect(await count({ filters: [{ type: 'system' }] })).toBe(0)
    expect(await count({ filters: [{ ...mine, topics: [[NAME(), u32(1).toXdr('base64')]] }] })).toBe(1)
    expect(await count({ filters: [{ ...fees, topics: [[NAME(), '*']] }] })).toBe(0)
    expect(await count({ filters: [{ topics: [['*', '*', '**']] }] })).toBe(5)
    const both: rpc.Api.EventFilter[] = [
      { topics: [[NAME(), u32(0).toXdr('base64')]] },
      { topics: [[NAME(), u32(2).toXdr('base64')]] },
    ]
    expect(await count({ filters: both })).toBe(2)
  })

  test('a range ends before its last ledger, and a cursor in the middle of a transaction goes on there', async () => {
    const [first, second] = [
      await ana.invoke(probe.call('emit', u32(4), u32(1))),
      await ana.invoke(probe.call('emit', u32(2), u32(1))),
    ]
    const filters: rpc.Api.EventFilter[] = [{ contractIds: [probe.contractId()] }]
    const { events } = await ana.server.getEvents({ startLedger: first.ledger, endLedger: second.ledger, filters })
    expect(events.map(({ txHash }) => txHash)).toEqual(Array(4).fill(first.txHash))
    const rest = await ana.server.getEvents({ cursor: events[1]!.id, filters })
    expect(rest.events.map(({ id }) => id).slice(0, 2)).toEqual([events[2]!.id, events[3]!.id])
    expect(rest.events).toHaveLength(4)
    expect(rest.events[0]).toMatchObject({ inSuccessfulContractCall: true, operationIndex: 0, ledger: first.ledger })
    expect(new Date(events[0]!.ledgerClosedAt).getTime() % 1_000).toBe(0)
  })
})

describe('simulation', () => {
  /** A call in which somebody else than the sender must agree, below the root. */
  const nested = () => {
    const op = probe.call('pay', address(native.contractId()), address(ben.id), address(ana.id), i128(1n))
    return ana.build([op])
  }
  type Simulated = { error?: string; results?: { auth: string[] }[]; minResourceFee?: string; transactionData?: string }
  const simulate = async (transaction: string, more: object = {}) =>
    ask<Simulated>('simulateTransaction', { transaction, ...more })

  test('authorization is recorded, or held as it is, as the mode says', async () => {
    const tx = (await nested()).toXdr()
    expect((await simulate(tx)).results![0]!.auth).toHaveLength(1)
    expect((await simulate(tx, { authMode: 'record' })).results![0]!.auth).toHaveLength(1)
    expect((await simulate(tx, { authMode: 'record_allow_nonroot' })).results![0]!.auth).toHaveLength(1)
    expect((await simulate(tx, { authMode: 'enforce' })).error).toContain('Error(Auth, InvalidAction)')
    expect((await simulate(tx, { authMode: 'guess' })).error).toContain('must be one of enforce,record')
    const entry = (await simulate(tx)).results![0]!.auth[0]!
    const own = xdr.SorobanAuthorizationEntry.fromXdr(entry, 'base64')
    const op = probe.call('pay', address(native.contractId()), address(ben.id), address(ana.id), i128(1n))
    const func = op.body.type === 'invokeHostFunction' ? op.body.value.hostFunction : undefined
    const carrying = await ana.build([Operation.invokeHostFunction({ func: func!, auth: [own] })])
    expect((await simulate(carrying.toXdr(), { authMode: 'record' })).error).toContain(
      "cannot set authMode to 'record'",
    )
    expect((await simulate(carrying.toXdr())).error).toContain('Error(Auth')
  })

  test('agreement below the root is recorded only where that is allowed', async () => {
    const args = [address(native.contractId()), address(ben.id), address(ana.id), i128(1n)]
    const tx = (await ana.build([probe.call('push', ...args)])).toXdr()
    expect((await simulate(tx, { authMode: 'record' })).error).toContain('Error(Auth, InvalidAction)')
    const { results } = await simulate(tx, { authMode: 'record_allow_nonroot' })
    const entry = xdr.SorobanAuthorizationEntry.fromXdr(results![0]!.auth[0]!, 'base64')
    const { function: called } = entry.rootInvocation
    if (called.type !== 'sorobanAuthorizedFunctionTypeContractFn') throw new Error(called.type)
    expect(called.value.functionName.toString()).toBe('transfer')
  })

  test('credentials are recorded in the old form, or the new one on request', async () => {
    const tx = (await nested()).toXdr()
    const form = async (more: object) => {
      const { results } = await simulate(tx, more)
      return xdr.SorobanAuthorizationEntry.fromXdr(results![0]!.auth[0]!, 'base64').credentials.type
    }
    expect(await form({})).toBe('sorobanCredentialsAddress')
    expect(await form({ useUpgradedAuth: true })).toBe('sorobanCredentialsAddressV2')
  })

  test('leeway is added to what is declared, and paid for', async () => {
    const tx = await ana.build([probe.call('label')])
    const plain = await ana.server.simulateTransaction(tx)
    const roomy = await ana.server.simulateTransaction(tx, { cpuInstructions: 5_000_000 })
    if (!rpc.Api.isSimulationSuccess(plain) || !rpc.Api.isSimulationSuccess(roomy)) throw new Error('not simulated')
    const declared = (answer: typeof plain) => answer.transactionData.build().resources.instructions
    expect(declared(roomy)).toBeGreaterThan(declared(plain) + 4_900_000)
    expect(Number(roomy.minResourceFee)).toBeGreaterThan(Number(plain.minResourceFee))
  })

  test('a sender who does not exist, a fee bump, and no contract call', async () => {
    const nobody = new Person(net)
    const from = await ana.server.getAccount(ana.id)
    const unknown = await nobody.build([probe.call('label')], { account: from })
    expect((await simulate(unknown.toXdr())).error).toBeUndefined()
    const inner = await ana.build([probe.call('label')])
    const bump = TransactionBuilder.buildFeeBumpTransaction(ben.key, '10000', inner, net.passphrase)
    expect((await simulate(bump.toXdr())).transactionData).toBeTruthy()
    const payment = await ana.build([Operation.bumpSequence({ bumpTo: '0' })])
    expect((await simulate(payment.toXdr())).error).toContain('unsupported operation type')
    const two = await ana.build([probe.call('label'), probe.call('label')])
    expect((await simulate(two.toXdr())).error).toContain('more than one operation')
  })
})

test('a batch mixes methods, and answers each in its place', async () => {
  const ask = [
    { jsonrpc: '2.0', id: 'a', method: 'getNetwork' },
    { jsonrpc: '2.0', id: 2, method: 'getLedgerEntries', params: { keys: [probe.getFootprint().toXdr('base64')] } },
    { jsonrpc: '2.0', id: 3, method: 'getEvents', params: { startLedger: 0 } },
    { jsonrpc: '2.0', id: null, method: 'getFeeStats' },
  ]
  const response = await fetch(net.rpcUrl, { method: 'POST', body: JSON.stringify(ask) })
  const answers = (await response.json()) as { id: unknown; result?: Record<string, unknown>; error?: object }[]
  expect(answers.map(({ id }) => id)).toEqual(['a', 2, 3, null])
  expect(answers[0]!.result).toMatchObject({ passphrase: net.passphrase })
  expect(answers[1]!.result!.entries).toHaveLength(1)
  expect(answers[2]!.error).toMatchObject({ code: -32602 })
  expect(answers[3]!.result).toMatchObject({ latestLedger: net.ledger().sequence })
})

test('a deployed address can be known before', async () => {
  const salt = new Uint8Array(32).fill(8)
  const preimage = xdr.HashIdPreimage.envelopeTypeContractId(
    new xdr.HashIdPreimageContractId({
      networkId: xdr.Hash.fromXdr(hash(net.passphrase)),
      contractIdPreimage: xdr.ContractIdPreimage.contractIdPreimageFromAddress(
        new xdr.ContractIdPreimageFromAddress({ address: Address.fromString(ben.id).toScAddress(), salt }),
      ),
    }),
  )
  const expected = Address.contract(hash(preimage.toXdr())).toString()
  const { contractId: _, ...options } = optionsOf(ben)
  const made = await contract.Client.deploy(
    { admin: ben.id, label: 'known' },
    { ...options, wasmHash: hash(PROBE), salt },
  )
  expect((await made.signAndSend()).result.options.contractId).toBe(expected)
  expect(await serverOf(net).getContractInstance(expected)).toBeTruthy()
})
