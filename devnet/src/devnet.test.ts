/** The path of everybody's first hour: fund, deploy, simulate, sign, send, follow, read events, through the unmodified SDK. */
import { Asset, Contract, contract, scValToNative } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from './devnet.ts'
import { address, i128, Operation, Person, PROBE, serverOf, u32 } from './test/kit.ts'

let net: Devnet
let ana: Person
let ben: Person

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  ben = await Person.create(net)
})
afterAll(() => net.close())

test('a contract is deployed with constructor arguments, called by its generated client, and its events are read', async () => {
  const options = {
    rpcUrl: net.rpcUrl,
    allowHttp: true,
    networkPassphrase: net.passphrase,
    publicKey: ana.id,
    ...contract.basicNodeSigner(ana.key, net.passphrase),
  }
  await ana.invoke(Operation.uploadContractWasm({ wasm: PROBE }))
  const wasmHash = Buffer.from(await crypto.subtle.digest('SHA-256', PROBE)).toString('hex')
  const deployment = await contract.Client.deploy({ admin: ana.id, label: 'hello' }, { ...options, wasmHash })
  const { result: client } = await deployment.signAndSend()
  const probe = client as unknown as Record<string, (args?: object) => Promise<contract.AssembledTransaction<unknown>>>
  expect((await probe.label!()).result).toBe('hello')
  await (await probe.set_label!({ label: 'again' })).signAndSend()
  expect((await probe.label!()).result).toBe('again')
  const before = net.ledger().sequence
  await (await probe.emit!({ count: 3, size: 10 })).signAndSend({ force: true })
  const contractId = client.options.contractId
  const { events } = await ana.server.getEvents({
    startLedger: before,
    filters: [{ type: 'contract', contractIds: [contractId] }],
  })
  expect(events.map((event) => event.topic.map(scValToNative))).toEqual([0, 1, 2].map((number) => ['noise', number]))
  expect(scValToNative(events[0]!.value)).toEqual({ bytes: new Uint8Array(10).fill(7) })
})

test("a contract's own error arrives with its number", async () => {
  const probe = await ana.deployProbe()
  await expect(ana.prepare(probe.call('fail'))).rejects.toThrow('Error(Contract, #7)')
})

test('a contract moves tokens with the agreement of somebody else than the sender', async () => {
  const probe = await ana.deployProbe()
  const native = new Contract(Asset.native().contractId(net.passphrase))
  await ana.wrap(Asset.native()).catch(() => undefined)
  const start = await ben.balance()
  const call = await contract.AssembledTransaction.build({
    contractId: probe.contractId(),
    method: 'pay',
    args: [address(native.contractId()), address(ben.id), address(ana.id), i128(1_000n)],
    rpcUrl: net.rpcUrl,
    allowHttp: true,
    networkPassphrase: net.passphrase,
    publicKey: ana.id,
    parseResultXdr: () => undefined,
    ...contract.basicNodeSigner(ana.key, net.passphrase),
  })
  expect(call.needsNonInvokerSigningBy()).toEqual([ben.id])
  await call.signAuthEntries({
    address: ben.id,
    signAuthEntry: contract.basicNodeSigner(ben.key, net.passphrase).signAuthEntry,
  })
  await call.signAndSend()
  expect(await ben.balance()).toBe(start - 1_000n)
})

test('a transaction tells what it used', async () => {
  const probe = await ana.deployProbe()
  const done = await ana.invoke(probe.call('write', u32(0), u32(3), u32(500)))
  const costs = net.costs(done.txHash)!
  expect(costs).toMatchObject({ writeEntries: 3, readEntries: 2 })
  expect(costs.writeBytes).toBeGreaterThan(1_500)
  expect(costs.instructions).toBeGreaterThan(100_000)
  expect(costs.fee).toBe(Number(done.resultXdr.feeCharged))
})

test('the server tells who it is', async () => {
  const server = serverOf(net)
  expect(await server.getNetwork()).toEqual({
    friendbotUrl: net.friendbotUrl,
    passphrase: net.passphrase,
    protocolVersion: 28,
  })
  expect(await server.getHealth()).toMatchObject({
    status: 'healthy',
    oldestLedger: 1,
    latestLedger: net.ledger().sequence,
  })
  expect(await server.getVersionInfo()).toMatchObject({
    protocolVersion: 28,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  })
  const latest = await server.getLatestLedger()
  expect(latest.headerXdr.ledgerSeq).toBe(latest.sequence)
  const meta = latest.metadataXdr
  expect(meta.type === 'v2' && meta.value.ledgerHeader.hash.toXdr('hex')).toBe(latest.id)
  expect(await server.getFeeStats()).toMatchObject({ latestLedger: latest.sequence })
})

test('the SDK reads the code behind a contract, and balances in an asset contract', async () => {
  const probe = await ana.deployProbe()
  expect(Buffer.from(await ana.server.getContractWasmByContractId(probe.contractId()))).toEqual(PROBE)
  const native = await ana.wrap(Asset.native()).catch(() => new Contract(Asset.native().contractId(net.passphrase)))
  await ana.invoke(native.call('transfer', address(ana.id), address(probe.contractId()), i128(77n)))
  const { balanceEntry } = await ana.server.getSACBalance(probe.contractId(), Asset.native(), net.passphrase)
  expect(balanceEntry).toMatchObject({ amount: '77', authorized: true })
})

test('a taken port and options out of range are named', async () => {
  await expect(startDevnet({ port: net.port })).rejects.toMatchObject({ code: 'PORT_TAKEN' })
  await expect(startDevnet({ interval: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' })
  await expect(startDevnet({ interval: Number.NaN })).rejects.toMatchObject({ code: 'BAD_OPTION' })
  await expect(startDevnet({ passphrase: '' })).rejects.toMatchObject({ code: 'BAD_OPTION' })
  await expect(startDevnet({ publicUrl: 'devnet.example' })).rejects.toMatchObject({ code: 'BAD_OPTION' })
})
