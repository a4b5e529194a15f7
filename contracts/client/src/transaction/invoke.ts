/** The one path of a call to the ledger: build → simulate → amend → sign → send → follow. Everything that writes walks it. */
import {
  Account,
  Address,
  FeeBumpTransaction,
  Operation,
  type Transaction,
  TransactionBuilder,
  type xdr,
} from '@stellar/stellar-sdk/base'
import { toHex } from '../encoding/hex.ts'
import { type ContractError, contractErrorIn } from '../errors.ts'
import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import { readClock, readSequence } from '../rpc/ledger.ts'
import { checkAuthorization } from './authorization.ts'
import { operationWords } from './operation-words.ts'
import type { Applied, TransactionEvent } from './outcome.ts'
import { raiseResources } from './resources.ts'
import { type Ending, type Envelope, sendAndFollow } from './send.ts'
import { asSigner, type Signer, type SignerLike } from './signer.ts'
import { type Call, callOperation, simulate } from './simulate.ts'
import { takeTurn } from './turns.ts'

/** Where a call is on its way; the hash is known from `sending` on. */
export type Progress =
  | { state: 'simulating' }
  | { state: 'signing'; maxFee: bigint }
  | { state: 'sending'; hash: string }
  | { state: 'pending'; hash: string }
  | { state: 'confirmed'; hash: string; ledger: number }

export type Receipt<T> = {
  hash: string
  ledger: number
  /** When that ledger closed, unix seconds. */
  closedAt: number
  returnValue: T
  /** Stroops. */
  feeCharged: bigint
  /** Every contract event of the transaction, tokens' included, undecoded. */
  events: TransactionEvent[]
}

export type InvokeOptions = {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: Progress) => void) | undefined
  /** Called with the signed envelope before it is sent, for those who want to survive a crash here. */
  onSigned?: ((envelope: Envelope) => void | Promise<void>) | undefined
  /**
   * What is sent in the place of the signed envelope: a fee bump of it, by somebody who pays the fee. It is checked that it is one. Undefined
   * for the envelope itself.
   */
  sponsor?: ((envelope: Envelope, signal: AbortSignal | undefined) => Promise<string | undefined>) | undefined
  /** How long a signed transaction stays valid, seconds of the ledger's clock. A person at a wallet needs some. */
  validSeconds?: number
  /**
   * First bid for a place in a ledger, stroops; the network takes only what it needs. Where others bid more, the call is
   * built again with eight times the bid, up to a tenth of an XLM.
   */
  inclusionFee?: number
  /** How often a call is built anew after a race with others. Each time is signed again. */
  rebuilds?: number
  pollMs?: number
}

/** Refusals that say "build it again with a fresh sequence number or time". */
const REBUILD = new Set(['txBadSeq', 'txTooLate', 'txTooEarly', 'txSorobanInvalid'])
/** Says "others bid more". */
const OUTBID = 'txInsufficientFee'
const HIGHEST_BID = 1_000_000

/**
 * Sends a call and follows it to its end.
 * @returns the receipt of the applied transaction
 * @throws ContractError when the contract refuses (nothing was changed), UnexpectedAuthorization when the signature would be used
 * for more than the call says (nothing was signed); ChainFailure otherwise. `expired` and
 * `failed_on_ledger` mean that nothing was changed either. An abort leaves the outcome open: follow the hash.
 */
export async function invoke<T>(
  chain: Chain,
  call: Call<T>,
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<Receipt<T>> {
  const signer = asSigner(signerLike)
  // One transaction at a time per account: its sequence numbers are a queue anyway.
  return takeTurn(`${chain.network.passphrase}/${signer.address}`, options.signal, async () => {
    const ending = await untilApplied(chain, signer, options, async (bid) => {
      const { transaction, restore } = await prepare(chain, call, signer.address, bid, options)
      return restore ?? transaction
    })
    if (!ending.returnValue)
      throw new ChainFailure('rpc_bad_answer', 'The transaction was applied, but the RPC left out its result.')
    options.onProgress?.({ state: 'confirmed', hash: ending.hash, ledger: ending.ledger })
    return {
      hash: ending.hash,
      ledger: ending.ledger,
      closedAt: ending.closedAt,
      feeCharged: ending.feeCharged,
      events: ending.events,
      returnValue: call.decode(ending.returnValue),
    }
  })
}

/** Sends classic operations (create an account, trust an asset, pay) along the same path. */
export async function sendOperations(
  chain: Chain,
  operations: readonly xdr.Operation[],
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<{ hash: string; ledger: number; closedAt: number; feeCharged: bigint }> {
  const signer = asSigner(signerLike)
  return takeTurn(`${chain.network.passphrase}/${signer.address}`, options.signal, async () => {
    const ending = await untilApplied(chain, signer, options, async (bid) => {
      const builder = await builderFor(chain, signer.address, bid, options)
      for (const operation of operations) builder.addOperation(operation)
      return { transaction: builder.build(), last: true }
    })
    options.onProgress?.({ state: 'confirmed', hash: ending.hash, ledger: ending.ledger })
    return { hash: ending.hash, ledger: ending.ledger, closedAt: ending.closedAt, feeCharged: ending.feeCharged }
  })
}

type Built = { transaction: Transaction /** False for a restoration that only clears the way. */; last: boolean }

/** Builds, signs and sends until one transaction is applied; builds again after a lost race, a bounded number of times. */
async function untilApplied(
  chain: Chain,
  signer: Signer,
  options: InvokeOptions,
  build: (bid: number) => Promise<Built>,
): Promise<Applied> {
  const rebuilds = options.rebuilds ?? 3
  let bid = options.inclusionFee ?? INCLUSION_FEE
  for (let attempt = 0; ; ) {
    options.onProgress?.({ state: 'simulating' })
    const { transaction, last } = await build(bid)
    const envelope = await sign(chain, transaction, signer, options)
    const ending = await sendAndFollow(chain, envelope, {
      signal: options.signal,
      ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
      onPending: () => options.onProgress?.({ state: 'pending', hash: envelope.hash }),
    })
    if (ending.status === 'succeeded') {
      if (last) return ending
      continue
    }
    const outbid = ending.status === 'refused' && ending.code === OUTBID && bid < HIGHEST_BID
    if (attempt++ >= rebuilds || !(outbid || worthRebuilding(ending))) throw failureOf(ending)
    if (outbid) bid = Math.min(bid * 8, HIGHEST_BID)
  }
}

async function prepare(chain: Chain, call: Call<unknown>, source: string, bid: number, options: InvokeOptions) {
  const { signal } = options
  const bare = (await builderFor(chain, source, bid, options)).addOperation(callOperation(chain, call)).build()
  const found = await simulate(chain, bare, { signal })
  refuseForeign(found.auth, source)
  if (call.authorizes) {
    const { contract = chain.network.contract, method, args } = call
    checkAuthorization(found.auth, { contract, method, args }, await call.authorizes(chain, { signal }))
  }
  if (found.restore) {
    const restoring = TransactionBuilder.cloneFrom(bare, { fee: String(bid) })
      .clearOperations()
      .addOperation(Operation.restoreFootprint({}))
      .setSorobanData(found.restore)
      .build()
    return { restore: { transaction: restoring, last: false } }
  }
  // A quarter more instructions and a little more of the rest: what others do in between makes the same call cost more.
  let data = raiseResources(found.data, {
    instructions: 1.25,
    moreInstructions: 500_000,
    writeBytes: 1_024,
    fee: 150_000n,
  })
  if (call.amend) data = await call.amend(data, chain, { signal })
  const operation = Operation.invokeHostFunction({
    func: invokedFunction(bare),
    auth: found.auth,
  })
  const transaction = TransactionBuilder.cloneFrom(bare, { fee: String(bid) })
    .clearOperations()
    .addOperation(operation)
    .setSorobanData(data)
    .build()
  return { transaction: { transaction, last: true } }
}

/**
 * Only the source signs here, so a call that someone else has to authorize would fail on the ledger and cost its fee.
 * @throws ChainFailure `not_authorized`
 */
function refuseForeign(auth: readonly xdr.SorobanAuthorizationEntry[], source: string): void {
  for (const { credentials } of auth) {
    if (credentials.type === 'sorobanCredentialsSourceAccount') continue
    const needed = signerOf(credentials)
    if (needed === source) continue
    throw new ChainFailure(
      'not_authorized',
      `This needs the signature of ${needed}, and it would be signed by ${source}; nothing was sent.`,
    )
  }
}

function signerOf(credentials: Exclude<xdr.SorobanCredentials, { type: 'sorobanCredentialsSourceAccount' }>): string {
  switch (credentials.type) {
    case 'sorobanCredentialsAddress':
      return Address.fromScAddress(credentials.address.address).toString()
    case 'sorobanCredentialsAddressV2':
      return Address.fromScAddress(credentials.addressV2.address).toString()
    case 'sorobanCredentialsAddressWithDelegates':
      return Address.fromScAddress(credentials.addressWithDelegates.addressCredentials.address).toString()
  }
}

const INCLUSION_FEE = 10_000

async function builderFor(chain: Chain, source: string, bid: number, options: InvokeOptions) {
  const { signal } = options
  const [sequence, clock] = await Promise.all([readSequence(chain, source, { signal }), readClock(chain, { signal })])
  return new TransactionBuilder(new Account(source, String(sequence)), {
    fee: String(bid),
    networkPassphrase: chain.network.passphrase,
    // By the ledger's clock, not this machine's: only the ledger's decides.
    timebounds: { minTime: 0, maxTime: clock.closedAt + (options.validSeconds ?? 180) },
  })
}

function invokedFunction(transaction: Transaction): xdr.HostFunction {
  const operation = transaction.operations[0]
  if (operation?.type !== 'invokeHostFunction') throw new TypeError('not a contract call')
  return operation.func
}

async function sign(chain: Chain, transaction: Transaction, signer: Signer, options: InvokeOptions): Promise<Envelope> {
  const { signal } = options
  signal?.throwIfAborted()
  options.onProgress?.({ state: 'signing', maxFee: BigInt(transaction.fee) })
  const hash = toHex(transaction.hash())
  let signed: string
  try {
    signed = await signer.sign(transaction.toXdr(), {
      networkPassphrase: chain.network.passphrase,
      address: signer.address,
      signal,
    })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new ChainFailure('not_signed', 'The transaction was not signed, so nothing happened and nothing was spent.', {
      cause,
    })
  }
  const returned = TransactionBuilder.fromXdr(signed, chain.network.passphrase)
  if (toHex(returned.hash()) !== hash) {
    throw new ChainFailure(
      'signed_other',
      'The wallet signed another transaction than the one it was given; it was not sent.',
    )
  }
  if (returned.signatures.length === 0) {
    throw new ChainFailure('not_signed', 'The wallet returned the transaction without a signature; nothing happened.')
  }
  const own = { xdr: signed, hash, maxTime: Number(transaction.timeBounds?.maxTime ?? 0) }
  const paid = await options.sponsor?.(own, signal)
  const envelope = paid === undefined ? own : bumped(chain, own, paid)
  await options.onSigned?.(envelope)
  options.onProgress?.({ state: 'sending', hash: envelope.hash })
  return envelope
}

/** A fee bump leaves what it pays for as it was signed. @throws ChainFailure `signed_other` */
function bumped(chain: Chain, own: Envelope, paid: string): Envelope {
  const outer = TransactionBuilder.fromXdr(paid, chain.network.passphrase)
  if (!(outer instanceof FeeBumpTransaction) || toHex(outer.innerTransaction.hash()) !== own.hash)
    throw new ChainFailure(
      'signed_other',
      'What was to pay the fee is another transaction than the one that was signed; it was not sent.',
    )
  return { xdr: paid, hash: toHex(outer.hash()), maxTime: own.maxTime }
}

/**
 * A contract that refused on the ledger, though simulation had passed, lost a race; so did a footprint that no longer
 * fits. Simulating again tells which: it either throws the contract's refusal or finds the new footprint.
 */
function worthRebuilding(ending: Exclude<Ending, Applied>): boolean {
  if (ending.status === 'expired') return true
  if (ending.status === 'refused') return REBUILD.has(ending.code)
  return /invokeHostFunction|BadSeq/.test(ending.reason)
}

function failureOf(ending: Exclude<Ending, Applied>): Error {
  if (ending.status === 'expired') {
    return new ChainFailure(
      'expired',
      'No ledger took the transaction before its time ran out; nothing happened. Try again.',
      {
        retryable: true,
      },
    )
  }
  const code = ending.status === 'refused' ? ending.code : ending.reason
  const refusal: ContractError | undefined = contractErrorIn(code)
  if (refusal) return refusal
  if (/InsufficientBalance/.test(code)) {
    return new ChainFailure('no_funds', 'The account has too little XLM for the network fee.', { detail: code })
  }
  if (code === OUTBID) {
    return new ChainFailure(
      'outbid',
      'The network is crowded and others bid more; nothing happened. Try again later.',
      {
        detail: code,
        retryable: true,
      },
    )
  }
  if (/NoAccount/.test(code)) {
    return new ChainFailure('no_account', 'The account does not exist on this network yet.', { detail: code })
  }
  return ending.status === 'refused'
    ? new ChainFailure('rejected_by_network', `The network refused the transaction (${code}); nothing happened.`, {
        detail: code,
      })
    : new ChainFailure(
        'failed_on_ledger',
        [operationWords(code), 'The transaction failed on the ledger; only its fee was spent.']
          .filter(Boolean)
          .join(' '),
        { detail: code },
      )
}
