/**
 * Plays a story on a network of its own and writes down each step twice: what was asked, for the official libraries to
 * run natively, and what this network answered.
 */
import { createHash } from 'node:crypto'
import {
  authorizeEntry,
  type Keypair,
  Operation,
  rpc,
  SorobanDataBuilder,
  StrKey,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { type Devnet, startDevnet } from '../../devnet.ts'
import { settingsJson } from '../../settings.ts'
import { write } from '../../wire.ts'
import { Person, sorobanData } from '../kit.ts'
import type { Applied, Played, Simulated } from './step.ts'

const SEED = 7
/** 2027-01-15, in every story. */
const NOW = 1_800_000_000
/** Of its own, so that the record does not depend on a default. */
const PASSPHRASE = 'StellarTrain Local Network ; 2026'
const FAR = 100_000

type Op = Parameters<Person['build']>[0][number]
type Signer = (entry: xdr.SorobanAuthorizationEntry) => Promise<xdr.SorobanAuthorizationEntry>

export interface RunOptions {
  /** Keys of the accounts that agree, or a way of agreeing by address. */
  signers?: readonly Keypair[]
  agree?: Record<string, Signer>
  /** Leaves out the simulation with signatures, which a contract account or a wrong signature would not pass. */
  blind?: boolean
  upgraded?: boolean
  /** Tampers with what is declared. */
  change?: (data: SorobanDataBuilder) => void
}

export class Player {
  readonly net: Devnet
  /** Sends everything, and has no other part in it: what its account holds is never read. */
  readonly payer: Person
  readonly played: Played[] = []
  #entries: { key: string; data: string; modified: number; liveUntil: number | null }[] = []

  private constructor(net: Devnet, payer: Person) {
    this.net = net
    this.payer = payer
  }

  static async start(payer: Keypair): Promise<Player> {
    const options = { interval: 'auto', seed: SEED, passphrase: PASSPHRASE, settings: 'mainnet' } as const
    const net = await startDevnet({ ...options, now: () => NOW })
    return new Player(net, await Person.create(net, payer))
  }

  /** All that the native side needs. */
  plan() {
    return {
      passphrase: this.net.passphrase,
      seed: createHash('sha256')
        .update(write([SEED]))
        .digest('hex'),
      settings: settingsJson('mainnet'),
      entries: this.#entries,
      steps: this.played.map(({ step }) => step),
    }
  }

  /** Remembers what classic operations have made; none follows. */
  async begin(keys: readonly xdr.LedgerKey[]): Promise<void> {
    this.#entries = await this.#entriesOf(keys)
  }

  /** Until when a signature that is made now is good. */
  get until(): number {
    return this.net.ledger().sequence + FAR
  }

  signedBy(key: Keypair, until = this.until): Signer {
    return (entry) => authorizeEntry(entry, key, until, this.net.passphrase)
  }

  /** Simulates, signs, simulates again when signatures came in, applies; the returned value, where there is one. */
  async run(name: string, op: Op, options: RunOptions = {}): Promise<xdr.ScVal | undefined> {
    const first = await this.#build(op)
    let answer = await this.simulate(name, first, { upgraded: options.upgraded ?? true })
    if (!answer.transactionData) return undefined
    let tx = first
    const asked = (answer.results?.[0]?.auth ?? []).map((entry) =>
      xdr.SorobanAuthorizationEntry.fromXdr(entry, 'base64'),
    )
    const signed = await Promise.all(asked.map((entry) => this.#agree(entry, options)))
    if (signed.some((entry) => entry.credentials.type !== 'sorobanCredentialsSourceAccount')) {
      tx = await this.#build(withAuth(op, signed))
      if (!options.blind) answer = await this.simulate(`${name}, signed`, tx, {})
    }
    const assembled = rpc.assembleTransaction(tx, rpc.parseRawSimulation(answer)).build()
    return this.apply(name, options.change ? this.#changed(assembled, options.change) : assembled)
  }

  async simulate(
    name: string,
    tx: Transaction,
    { mode, upgraded = false }: { mode?: string; upgraded?: boolean } = {},
  ): Promise<rpc.Api.RawSimulateTransactionResponse> {
    const { sequence, closeTime } = this.net.ledger()
    const answer = await this.#ask<rpc.Api.RawSimulateTransactionResponse>('simulateTransaction', {
      transaction: tx.toXdr(),
      ...(mode && { authMode: mode }),
      ...(upgraded && { useUpgradedAuth: true }),
    })
    const step = {
      name: `${name}: simulated`,
      kind: 'simulate' as const,
      sequence: sequence + 1,
      closeTime,
      envelope: tx.toXdr(),
      flags: flagsOf(tx, mode, upgraded),
    }
    this.played.push({ step, seen: simulated(answer) })
    return answer
  }

  /** Sends a transaction in the payer's name; the returned value, where there is one. */
  async apply(name: string, tx: Transaction): Promise<xdr.ScVal | undefined> {
    const { sequence, closeTime } = this.net.ledger()
    tx.sign(this.payer.key)
    const sent = await this.#ask<{ status: string; hash: string; errorResultXdr?: string }>('sendTransaction', {
      transaction: tx.toXdr(),
    })
    if (sent.status !== 'PENDING') throw new Error(`${name}: ${sent.status} ${sent.errorResultXdr ?? ''}`)
    const found = await this.#ask<Raw>('getTransaction', { hash: sent.hash })
    const step = {
      name,
      kind: 'apply' as const,
      sequence: sequence + 1,
      closeTime,
      envelope: tx.toXdr(),
      flags: 0,
    }
    const seen = await this.#applied(tx, sent.hash, found)
    this.played.push({ step, seen })
    const meta = metaOf(found)
    return meta.sorobanMeta?.returnValue ?? undefined
  }

  async #applied(tx: Transaction, hash: string, found: Raw): Promise<Applied> {
    const [result] = operationResults(found.resultXdr)
    const meta = metaOf(found)
    const fees = meta.sorobanMeta?.ext
    const { readOnly, readWrite } = sorobanData(tx).resources.footprint
    const entries = await this.#entriesOf([...readOnly, ...readWrite])
    const { fee: _, resourceFeeBid: __, ...used } = this.net.costs(hash)!
    const value = meta.sorobanMeta?.returnValue
    return {
      outcome: result!.outcome,
      success: result!.hash,
      value: value ? shown(value.toXdr('base64')) : '',
      events: (found.events.contractEventsXdr?.[0] ?? []).map(shown),
      diagnostics: (found.diagnosticEventsXdr ?? []).map(shown),
      costs: {
        ...used,
        fixedFee: fees?.type === 'v1' ? Number(fees.value.totalNonRefundableResourceFeeCharged) : -1,
        refundableFee: fees?.type === 'v1' ? Number(fees.value.totalRefundableResourceFeeCharged) : -1,
      },
      entries: entries.map(({ key, data, liveUntil }) => [shown(key), shown(data), liveUntil]),
    }
  }

  async #entriesOf(keys: readonly xdr.LedgerKey[]) {
    if (keys.length === 0) return []
    const asked = { keys: keys.map((key) => key.toXdr('base64')) }
    const { entries } = await this.#ask<{
      entries: { key: string; xdr: string; lastModifiedLedgerSeq: number; liveUntilLedgerSeq?: number | null }[]
    }>('getLedgerEntries', asked)
    return entries.map(({ key, xdr: data, lastModifiedLedgerSeq: modified, liveUntilLedgerSeq: liveUntil = null }) => ({
      key,
      data,
      modified,
      liveUntil,
    }))
  }

  async #agree(entry: xdr.SorobanAuthorizationEntry, { signers = [], agree = {} }: RunOptions) {
    const address = addressOf(entry)
    if (!address) return entry
    const own = agree[address]
    if (own) return own(entry)
    const key = signers.find((signer) => signer.publicKey() === address)
    return key ? this.signedBy(key)(entry) : entry
  }

  #build(op: Op): Promise<Transaction> {
    return this.payer.build([op], { fee: '100', timeout: 0 })
  }

  #changed(tx: Transaction, change: (data: SorobanDataBuilder) => void): Transaction {
    const data = new SorobanDataBuilder(sorobanData(tx))
    change(data)
    return TransactionBuilder.cloneFrom(tx, { fee: '100000000', networkPassphrase: this.net.passphrase })
      .setSorobanData(data.build())
      .build()
  }

  async #ask<T>(method: string, params: object): Promise<T> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await fetch(this.net.rpcUrl, { method: 'POST', body })
    const { result, error } = (await response.json()) as { result?: T; error?: { message: string } }
    if (error) throw new Error(`${method}: ${error.message}`)
    return result!
  }
}

interface Raw {
  status: string
  resultXdr: string
  resultMetaXdr: string
  diagnosticEventsXdr?: string[]
  events: { contractEventsXdr?: string[][] }
}

/** What is short as it is, what is long as its hash. */
export function shown(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length <= 240) return base64
  return `sha256:${bytes.length}:${createHash('sha256').update(bytes).digest('base64')}`
}

function simulated(answer: rpc.Api.RawSimulateTransactionResponse): Simulated {
  const { error = '', transactionData = '', minResourceFee = '0', results, events = [], stateChanges = [] } = answer
  return {
    error,
    data: transactionData,
    fee: Number(minResourceFee),
    value: results?.[0] ? shown(results[0].xdr) : '',
    auth: (results?.[0]?.auth ?? []).map(shown),
    events: events.map(shown),
    changes: stateChanges.map(({ key, before, after }) => [shown(key), shown(before ?? ''), shown(after ?? '')]),
  }
}

/** How the official server treats authorization: it records it unless the transaction brings its own. */
function flagsOf(tx: Transaction, mode: string | undefined, upgraded: boolean): number {
  const body = bodyOf(tx)
  if (body.type !== 'invokeHostFunction' || mode === 'enforce' || (!mode && body.value.auth.length > 0)) return 0
  return 1 | (mode === 'record_allow_nonroot' ? 2 : 0) | (upgraded ? 4 : 0)
}

function bodyOf(tx: Transaction): xdr.OperationBody {
  const envelope = xdr.TransactionEnvelope.fromXdr(tx.toXdr(), 'base64')
  if (envelope.type !== 'envelopeTypeTx') throw new Error('no plain transaction')
  return envelope.value.tx.operations[0]!.body
}

function withAuth(op: Op, auth: xdr.SorobanAuthorizationEntry[]): Op {
  const { body } = op as xdr.Operation
  if (body.type !== 'invokeHostFunction') throw new Error('no call')
  return Operation.invokeHostFunction({ func: body.value.hostFunction, auth })
}

/** Who must agree, as an address; undefined for the sender. */
export function addressOf(entry: xdr.SorobanAuthorizationEntry): string | undefined {
  const { credentials } = entry
  if (credentials.type === 'sorobanCredentialsSourceAccount') return undefined
  const inner =
    credentials.type === 'sorobanCredentialsAddressWithDelegates'
      ? credentials.value.addressCredentials
      : credentials.value
  const { address } = inner
  if (address.type === 'scAddressTypeContract') return StrKey.encodeContract(address.value.toXdr('raw'))
  if (address.type !== 'scAddressTypeAccount') throw new Error('nobody who can agree')
  return StrKey.encodeEd25519PublicKey(address.value.toXdr('raw').subarray(4))
}

const OUTCOMES: Record<string, string> = {
  Success: 'success',
  Trapped: 'trapped',
  ResourceLimitExceeded: 'resourceLimitExceeded',
  EntryArchived: 'entryArchived',
  InsufficientRefundableFee: 'insufficientRefundableFee',
}

function operationResults(base64: string): { outcome: string; hash: string }[] {
  const { result } = xdr.TransactionResult.fromXdr(base64, 'base64')
  if (result.type !== 'txSuccess' && result.type !== 'txFailed') throw new Error(result.type)
  return result.value.map((op) => {
    if (op.type !== 'opInner') throw new Error(op.type)
    const inner = op.value.value
    const code = inner.type.replace(/^(invokeHostFunction|extendFootprintTtl|restoreFootprint)/, '')
    const hash = inner.type === 'invokeHostFunctionSuccess' ? inner.value.toXdr('hex') : ''
    return { outcome: OUTCOMES[code] ?? inner.type, hash }
  })
}

function metaOf(found: Raw) {
  const meta = xdr.TransactionMeta.fromXdr(found.resultMetaXdr, 'base64')
  if (meta.type !== 'v4') throw new Error(`meta ${meta.type}`)
  return meta.value
}
