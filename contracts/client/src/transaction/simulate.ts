/** Asks the network what a call would do: its result, or the contract's refusal, and what it would touch and cost. */
import { Account, Operation, type Transaction, TransactionBuilder, xdr } from '@stellar/stellar-sdk/base'
import { contractErrorIn } from '../errors.ts'
import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import { type ReadOptions, readValues } from '../rpc/ledger.ts'
import type { Transfer } from './authorization.ts'

/** One call of a contract function, ready to be simulated or sent. */
export type Call<T> = {
  /** Contract id; the network's own contract unless said otherwise. */
  contract?: string
  method: string
  args: readonly xdr.ScVal[]
  /** Instead of calling a function: upload code, create a contract. */
  host?: xdr.HostFunction
  decode(value: xdr.ScVal): T
  /** Of a call that shows entries of the contract's storage as they are: where they stand, and what it makes of them. */
  shows?: (contract: string) => { keys: xdr.LedgerKey[]; read(values: xdr.ScVal[]): T }
  /**
   * The payments that a signature may cover beside this call itself: nothing else is signed. Undefined is not checked: uploads,
   * creations of contracts, calls of other contracts.
   */
  authorizes?: (chain: Chain, options: ReadOptions) => Promise<readonly Transfer[]>
  /** Changes what simulation found (footprint, resources) before the transaction is signed. */
  amend?: (found: xdr.SorobanTransactionData, chain: Chain, options: ReadOptions) => Promise<xdr.SorobanTransactionData>
}

export type Simulation = {
  data: xdr.SorobanTransactionData
  auth: xdr.SorobanAuthorizationEntry[]
  value: xdr.ScVal | undefined
  /** Entries that have to be restored by a transaction of its own first (networks before automatic restoration). */
  restore: xdr.SorobanTransactionData | undefined
  latestLedger: number
}

type RawSimulation = {
  error?: string
  transactionData?: string
  minResourceFee?: string
  results?: { auth?: string[] | null; xdr: string }[] | null
  restorePreamble?: { minResourceFee: string; transactionData: string } | null
  latestLedger: number
}

/** An address nobody has, for calls that only read. */
const NOBODY = 'GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF'

export function callOperation(chain: Chain, call: Call<unknown>): xdr.Operation {
  if (call.host) return Operation.invokeHostFunction({ func: call.host, auth: [] })
  return Operation.invokeContractFunction({
    contract: call.contract ?? chain.network.contract,
    function: call.method,
    args: [...call.args],
  })
}

/**
 * Simulates a transaction.
 * @throws ContractError when the contract refuses, ChainFailure `simulation_failed` for anything else.
 */
export async function simulate(chain: Chain, transaction: Transaction, options: ReadOptions = {}): Promise<Simulation> {
  const answer = await chain.rpc.request<RawSimulation>(
    'simulateTransaction',
    { transaction: transaction.toXdr() },
    { signal: options.signal },
  )
  if (answer.error !== undefined) {
    const refusal = contractErrorIn(answer.error)
    if (refusal) throw refusal
    throw new ChainFailure('simulation_failed', 'The network could not run this call.', {
      detail: answer.error.slice(0, 2_000),
    })
  }
  if (!answer.transactionData) {
    throw new ChainFailure('rpc_bad_answer', 'The RPC simulated the call but left out what it touches.', {
      retryable: true,
    })
  }
  const result = answer.results?.[0]
  return {
    data: withFee(answer.transactionData, answer.minResourceFee ?? '0'),
    auth: (result?.auth ?? []).map((entry) => xdr.SorobanAuthorizationEntry.fromXdr(entry, 'base64')),
    value: result ? xdr.ScVal.fromXdr(result.xdr, 'base64') : undefined,
    restore: answer.restorePreamble
      ? withFee(answer.restorePreamble.transactionData, answer.restorePreamble.minResourceFee)
      : undefined,
    latestLedger: answer.latestLedger,
  }
}

/**
 * What a call would return, without sending it: from the storage that it shows, in one small request, or else by running it. What is
 * not in the live storage is asked of the contract, which says that there is none, or reads what is archived.
 */
export async function view<T>(chain: Chain, call: Call<T>, options: ReadOptions = {}): Promise<T> {
  const shown = call.shows?.(call.contract ?? chain.network.contract)
  if (shown) {
    const values = await readValues(chain, shown.keys, options)
    if (values.every((value) => value !== undefined)) return shown.read(values)
  }
  return (await viewed(chain, call, options)).result
}

export type Viewed<T> = {
  result: T
  /** It read entries that are archived: they would be restored, or would have to be. */
  archived: boolean
  /** The ledger whose state it read. */
  ledger: number
}

/** What a call would return, by running it without sending it, with what it was read from. */
export async function viewed<T>(chain: Chain, call: Call<T>, options: ReadOptions = {}): Promise<Viewed<T>> {
  const transaction = new TransactionBuilder(new Account(NOBODY, '0'), {
    fee: '100',
    networkPassphrase: chain.network.passphrase,
    timebounds: { minTime: 0, maxTime: 0 },
  })
    .addOperation(callOperation(chain, call))
    .build()
  const { value, data, restore, latestLedger } = await simulate(chain, transaction, options)
  if (!value) throw new ChainFailure('rpc_bad_answer', 'The RPC simulated the call but left out its result.')
  const archived = restore !== undefined || data.ext.type === 'resourceExt'
  return { result: call.decode(value), archived, ledger: latestLedger }
}

function withFee(data: string, fee: string): xdr.SorobanTransactionData {
  const parsed = xdr.SorobanTransactionData.fromXdr(data, 'base64')
  return new xdr.SorobanTransactionData({ ext: parsed.ext, resources: parsed.resources, resourceFee: BigInt(fee) })
}
