/** What a developer learns when something fails, and what a call used: the event log of errors, a node's own diagnostics. */
import { Address, Asset, type Contract, rpc, scValToNative, xdr } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { address, hash, i128, Operation, Person, PROBE, u32 } from './kit.ts'

let net: Devnet
let ana: Person
let probe: Contract
beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  probe = await ana.deployProbe()
})
afterAll(() => net.close())

type Op = Parameters<Person['prepare']>[0]

async function simulationError(op: Op): Promise<string> {
  const answer = await ana.server.simulateTransaction(await ana.build([op]))
  if (!rpc.Api.isSimulationError(answer)) throw new Error('the simulation succeeded')
  return answer.error
}

describe('a failing simulation explains itself by the event log', () => {
  test("of a contract's own error", async () => {
    const error = await simulationError(probe.call('fail'))
    expect(error).toMatch(
      /^HostError: Error\(Contract, #7\)\n\nEvent log \(newest first\):\n {3}0: \[Diagnostic Event\]/,
    )
    expect(error).not.toContain('DebugInfo not available')
  })

  test('of a wrong number of arguments', async () => {
    const error = await simulationError(probe.call('set_label'))
    expect(error).toContain('Event log (newest first):')
    expect(error).toContain('VM call failed: Func(MismatchingParameterLen)')
  })

  test('of a constructor without its arguments', async () => {
    const create = Operation.createCustomContract({
      address: Address.fromString(ana.id),
      wasmHash: hash(PROBE),
      salt: Buffer.alloc(32, 9),
    })
    expect(await simulationError(create)).toContain('Func(MismatchingParameterLen)')
  })

  test('of a panic below another contract', async () => {
    const [token, person] = [address(probe.contractId()), address(ana.id)]
    const error = await simulationError(probe.call('pay', token, person, person, i128(1n)))
    expect(error).toContain('Event log (newest first):')
    expect(error.split('\n').length).toBeGreaterThan(5)
  })
})

describe('every call ends with what it used, as a node counts it', () => {
  const NAMES = `read_entry write_entry ledger_read_byte ledger_write_byte read_key_byte write_key_byte read_data_byte
    write_data_byte read_code_byte write_code_byte emit_event emit_event_byte cpu_insn mem_byte invoke_time_nsecs
    max_rw_key_byte max_rw_data_byte max_rw_code_byte max_emit_event_byte`.split(/\s+/)

  function figures(done: rpc.Api.GetSuccessfulTransactionResponse | rpc.Api.GetFailedTransactionResponse) {
    const own = (done.diagnosticEventsXdr ?? []).filter(({ event }) => first(event) === 'core_metrics')
    expect(own).toEqual((done.diagnosticEventsXdr ?? []).slice(-19))
    expect(own.map(({ event }) => scValToNative(event.body.value.topics[1]!))).toEqual(NAMES)
    for (const { event, inSuccessfulContractCall } of own) {
      expect(event.type).toBe(xdr.ContractEventType.diagnostic)
      expect([event.contractId, inSuccessfulContractCall]).toEqual([null, done.status === 'SUCCESS'])
    }
    return Object.fromEntries(NAMES.map((name, at) => [name, Number(scValToNative(own[at]!.event.body.value.data))]))
  }

  const first = (event: xdr.ContractEvent): unknown => {
    const [topic] = event.body.value.topics
    return topic && scValToNative(topic)
  }

  test('of an upload, where the host itself says nothing', async () => {
    const wasm = Buffer.concat([PROBE, Buffer.from([0, 2, 1, 0x79])])
    const done = await ana.invoke(Operation.uploadContractWasm({ wasm }))
    const used = figures(done)
    const costs = net.costs(done.txHash)!
    expect(used).toMatchObject({
      read_entry: 1,
      write_entry: 1,
      ledger_read_byte: 0,
      ledger_write_byte: costs.writeBytes,
      write_code_byte: costs.writeBytes,
      max_rw_code_byte: costs.writeBytes,
      write_data_byte: 0,
      write_key_byte: 0,
      emit_event: 0,
      cpu_insn: costs.instructions,
      mem_byte: costs.memory,
      invoke_time_nsecs: 0,
    })
  })

  test('of a contract without constructor', async () => {
    const done = await ana.invoke(Operation.createStellarAssetContract({ asset: new Asset('EURX', ana.id) }))
    expect(figures(done).write_entry).toBe(1)
  })

  test('of a call that writes and emits, and of one that reads an account from disk', async () => {
    const done = await ana.invoke(probe.call('emit', u32(3), u32(40)))
    const used = figures(done)
    const costs = net.costs(done.txHash)!
    expect(used).toMatchObject({ emit_event: 3, emit_event_byte: costs.eventBytes, cpu_insn: costs.instructions })
    expect(used.max_emit_event_byte).toBeGreaterThan(40)
    const native = await ana.wrap(Asset.native())
    const ben = await Person.create(net)
    const paid = await ana.invoke(native.call('transfer', address(ana.id), address(ben.id), i128(5n)))
    expect(figures(paid).ledger_read_byte).toBe(net.costs(paid.txHash)!.diskReadBytes)
    expect(figures(paid).read_key_byte).toBe(2 * 40)
  })

  test('of one that fails in its ledger, after the reason for it', async () => {
    const call = probe.call('write', u32(0), u32(2), u32(400))
    const done = await ana.invoke(call, (data) => data.setResources(50_000_000, 0, 100))
    expect(done.status).toBe('FAILED')
    const used = figures(done)
    const reason = done.diagnosticEventsXdr!.at(-20)!.event.body.value
    expect(scValToNative(reason.data)).toEqual([
      'operation byte-write resources exceeds amount specified',
      BigInt(used.ledger_write_byte!),
      100n,
    ])
  })
})
