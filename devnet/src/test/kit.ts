/** What the tests share: people with accounts, transactions from operation to result, and the probe contract. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Account,
  Address,
  Asset,
  Contract,
  hash,
  Keypair,
  nativeToScVal,
  Operation,
  rpc,
  SorobanDataBuilder,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import type { Devnet } from '../devnet.ts'

export const PROBE = readFileSync(new URL('../../fixtures/probe.wasm', import.meta.url))

type Change = (data: SorobanDataBuilder) => void
type Op = Parameters<TransactionBuilder['addOperation']>[0]

export const u32 = (value: number) => nativeToScVal(value, { type: 'u32' })
export const i128 = (value: bigint) => nativeToScVal(value, { type: 'i128' })
export const symbol = (value: string) => nativeToScVal(value, { type: 'symbol' })
export const address = (value: string) => Address.fromString(value).toScVal()
export const serverOf = (net: Devnet) => new rpc.Server(net.rpcUrl, { allowHttp: true })

/** Closes ledgers of a network whose timer does not fire until something is done. */
export async function closeUntil(net: Devnet, done: Promise<unknown>): Promise<void> {
  let waiting = true
  void done.finally(() => {
    waiting = false
  })
  while (waiting) {
    await sleep(20)
    await net.closeLedger()
  }
}

/** A funded account that can build, sign and send. */
export class Person {
  readonly net: Devnet
  readonly server: rpc.Server
  readonly key: Keypair
  readonly id: string

  constructor(net: Devnet, key = Keypair.random()) {
    this.net = net
    this.server = serverOf(net)
    this.key = key
    this.id = key.publicKey()
  }

  static async create(net: Devnet, key = Keypair.random()): Promise<Person> {
    const person = new Person(net, key)
    await person.server.requestAirdrop(person.id)
    return person
  }

  async build(ops: Op[], options: { fee?: string; timeout?: number; account?: Account } = {}): Promise<Transaction> {
    const account = options.account ?? (await this.server.getAccount(this.id))
    const { fee = '10000', timeout = 300 } = options
    const builder = new TransactionBuilder(account, { fee, networkPassphrase: this.net.passphrase })
    for (const op of ops) builder.addOperation(op)
    return builder.setTimeout(timeout).build()
  }

  /** Sends classic operations and returns the transaction as it stands after its ledger. */
  async send(...ops: Op[]) {
    return this.submit(await this.build(ops))
  }

  /** Simulates a contract operation, then sends it. */
  async invoke(op: Op, change?: Change) {
    return this.submit(await this.prepare(op, change))
  }

  /** Simulates a contract operation; `change` may tamper with what it declares. */
  async prepare(op: Op, change?: Change): Promise<Transaction> {
    const prepared = await this.server.prepareTransaction(await this.build([op]))
    return change ? tamper(prepared, change) : prepared
  }

  async submit(tx: Transaction, signers = [this.key]) {
    for (const signer of signers) tx.sign(signer)
    const sent = await this.server.sendTransaction(tx)
    if (sent.status !== 'PENDING') throw new Refused(sent)
    if (this.net.ledger().sequence === sent.latestLedger) await this.net.closeLedger()
    const found = await this.server.getTransaction(sent.hash)
    if (found.status === 'NOT_FOUND') throw new Error('the transaction is in no ledger')
    return found
  }

  /** Uploads the probe contract and creates one of it. */
  async deployProbe(): Promise<Contract> {
    await this.invoke(Operation.uploadContractWasm({ wasm: PROBE }))
    const created = await this.invoke(
      Operation.createCustomContract({
        address: Address.fromString(this.id),
        wasmHash: hash(PROBE),
        constructorArgs: [address(this.id), symbol('fresh')],
      }),
    )
    if (created.status !== 'SUCCESS') throw new Error('the probe was not created')
    return new Contract(Address.fromScVal(created.returnValue!).toString())
  }

  /** Creates an asset's own contract. */
  async wrap(asset: Asset): Promise<Contract> {
    await this.invoke(Operation.createStellarAssetContract({ asset }))
    return new Contract(asset.contractId(this.net.passphrase))
  }

  /** XLM in stroops. */
  async balance(): Promise<bigint> {
    return BigInt((await this.server.getAccountEntry(this.id)).balance)
  }
}

/** A transaction that the server did not take; `code` is the result's or the first operation's, `status` the server's. */
export class Refused extends Error {
  readonly status: string
  readonly code: string

  constructor(sent: rpc.Api.SendTransactionResponse) {
    const code = sent.errorResult ? resultCode(sent.errorResult) : ''
    super(`${sent.status} ${code}`)
    this.status = sent.status
    this.code = code
  }
}

/** How a transaction ended: in its ledger, or already at the door. */
export async function ended(sent: Promise<{ resultXdr: xdr.TransactionResult }>): Promise<string> {
  return sent.then(
    ({ resultXdr }) => resultCode(resultXdr),
    (error: unknown) => {
      if (error instanceof Refused) return error.code
      throw error
    },
  )
}

/** The code that says most: the first failed operation's, else the transaction's. */
export function resultCode(result: xdr.TransactionResult): string {
  const { result: outer } = result
  const inner =
    outer.type === 'txFeeBumpInnerFailed' || outer.type === 'txFeeBumpInnerSuccess' ? outer.value.result.result : outer
  if (inner.type !== 'txFailed' && inner.type !== 'txSuccess') return inner.type
  for (const op of inner.value) {
    if (op.type !== 'opInner') return op.type
    const code = op.value.value.type
    if (!/Success$/.test(code)) return code
  }
  return inner.type
}

/** A copy of a contract transaction with other resources or fees. */
export function tamper(tx: Transaction, change: Change): Transaction {
  const data = new SorobanDataBuilder(sorobanData(tx))
  change(data)
  const fee = String(Number(tx.fee) + 10_000_000)
  return TransactionBuilder.cloneFrom(tx, { fee, networkPassphrase: tx.networkPassphrase })
    .setSorobanData(data.setResourceFee(Number(tx.fee) + 5_000_000).build())
    .build()
}

/** What a contract transaction declares. */
export function sorobanData(tx: Transaction): xdr.SorobanTransactionData {
  const envelope = xdr.TransactionEnvelope.fromXdr(tx.toXdr(), 'base64')
  if (envelope.type !== 'envelopeTypeTx' || envelope.value.tx.ext.type !== 'sorobanData')
    throw new Error('no contract call')
  return envelope.value.tx.ext.value
}

export { Account, Asset, hash, Keypair, Operation }

/** A contract transaction with this footprint and as many resources as the public network allows. */
export function withFootprint(tx: Transaction, readOnly: xdr.LedgerKey[], readWrite: xdr.LedgerKey[]): Transaction {
  const data = new SorobanDataBuilder()
    .setFootprint(readOnly, readWrite)
    .setResources(400_000_000, 200_000, 132_096)
    .setResourceFee(Number(tx.fee) - 1_000)
  return TransactionBuilder.cloneFrom(tx, { fee: tx.fee, networkPassphrase: tx.networkPassphrase })
    .setSorobanData(data.build())
    .build()
}

/** The probe contract, made longer by a custom section that says nothing. */
export function padded(length: number): Uint8Array {
  const wasm = new Uint8Array(length)
  wasm.set(PROBE)
  // Section 0, its size in four bytes of LEB128, a name of one letter.
  const size = length - PROBE.length - 5
  const leb = [0, 7, 14, 21].map((shift, index) => ((size >> shift) & 0x7f) | (index < 3 ? 0x80 : 0))
  wasm.set([0, ...leb, 1, 'x'.charCodeAt(0)], PROBE.length)
  return wasm
}
