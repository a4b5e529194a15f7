/**
 * Pays network fees of labelers by fee bumps, where the operator says so: for one call of this contract, by labelers whom a gate or a quiz
 * admitted and who hold a lease, in challenges of makers whom the operator names, and within limits that a restart does not forget.
 */
import {
  Address,
  Keypair,
  type Operation,
  scValToNative,
  Transaction,
  TransactionBuilder,
  type xdr,
} from '@stellar/stellar-sdk/base'
import { type Chain, ChainFailure, ContractError, simulate, toHex } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { type Lease, leaseSigners } from '@stellartrain/ipfs-content/lease'
import type { Place } from '@stellartrain/ipfs-content/network'
import { HttpError, type Log } from '@stellartrain/service'
import { z } from 'zod'
import type { Challenge } from '../chain/challenge.ts'
import { type Journal, openJournalOf } from './journal.ts'

/** What an operator gives for it. */
export type SponsorTerms = Readonly<{
  /** S…, of an account of its own: what it holds is all that can be spent. */
  secretKey: string
  /** Stroops of a day (UTC). */
  daily: bigint
  /** Whose challenges it pays for. */
  makers: readonly string[]
}>

export type Sponsor = {
  /** Whether fees of this challenge are paid here. */
  pays(challenge: Challenge, quiz: boolean): boolean
  /** The account that pays. */
  readonly address: string
  /** The transaction with the fee paid, signed; the same for the same transaction. @throws HttpError */
  bump(of: Asked): Promise<Bumped>
  /** Who signed this transaction and holds the lease; before anything else is asked. @throws HttpError `bad_transaction`, `no_lease` */
  labelerOf(of: Asked): string
}

export type Asked = Readonly<{ challenge: Challenge; signed: string; lease: Lease; now: number }>

/** `hash`: under which the network knows it. */
export type Bumped = Readonly<{ xdr: string; hash: string; sponsor: string }>

export type SponsorDeps = Readonly<{
  terms: SponsorTerms
  folder: string
  chain: Chain
  place: Place
  networkPassphrase: string
  log: Log
  signal: AbortSignal
}>

const paid = z.object({
  challenge: z.int(),
  labeler: z.string(),
  attempt: z.int(),
  /** Of the transaction whose fee was paid. */
  inner: z.string(),
  /** Stroops, at most. */
  fee: z.string(),
})
type Paid = z.output<typeof paid>

const DAY = 86_400
const MOST_BYTES = 32 * 1024
/** For the place in a ledger, of each of the two envelopes. */
const MOST_BID = 100_000n
const LEAST_BID = 10_000n
/** Resources of one submission, stroops: several times what one takes. */
const MOST_RESOURCES = 5_000_000n
/** What others do in between makes a call cost more than simulation says. */
const SLACK = 500_000n
const MOST_VALID_SECONDS = 600
/** Transactions of one attempt: what lost a race is built again. */
const MOST_TRIES = 3
/** Of a day: no account has more than a tenth, no challenge more than a half. */
const OF_ACCOUNT = 10n
const OF_CHALLENGE = 2n

export function createSponsor(deps: SponsorDeps): Sponsor {
  const { terms, folder, chain, place, networkPassphrase, log, signal } = deps
  const payer = Keypair.fromSecret(terms.secretKey)
  const address = payer.publicKey()
  let open: { day: number; journal: Promise<Journal<Paid>>; entries: Paid[] } | undefined
  let last: Promise<unknown> = Promise.resolve()

  /** What was promised today. */
  async function today(now: number) {
    const day = Math.floor(now / DAY)
    if (open?.day !== day) {
      const damaged = () =>
        log.warn('sponsored_lost', { message: 'The journal of paid fees is damaged and is begun anew.' })
      const opening = { day, journal: openJournalOf(paid, folder, day, damaged), entries: [] as Paid[] }
      opening.entries.push(...(await opening.journal).entries)
      open = opening
    }
    return { journal: await open.journal, entries: open.entries }
  }

  /** @throws HttpError `bad_transaction`, `no_lease` */
  function leased({ challenge, signed, lease, now }: Asked): Transaction {
    const inner = transactionIn(signed, networkPassphrase)
    const labeler = inner.source
    const { attempt, items, layer, expires, signatures } = lease
    const said = { ...place, challenge: challenge.id, labeler, attempt, layer, expires, items }
    if (now > expires || leaseSigners(said, signatures, challenge.terms.oracles).size < quorum(challenge.terms))
      throw new HttpError(403, 'no_lease', 'Fees are paid for a batch whose lease a majority of the oracles signed.')
    const [one, ...more] = inner.signatures
    if (more.length > 0 || !one || !Keypair.fromPublicKey(labeler).verify(inner.hash(), one.signature.value))
      throw bad('it is not signed by its account alone.')
    return inner
  }

  async function bump(asked: Asked): Promise<Bumped> {
    const { challenge, lease, now } = asked
    const inner = leased(asked)
    const labeler = inner.source
    const call = submissionIn(inner, { contract: place.contract, labeler })
    const { attempt, items } = lease
    if (call.challenge !== challenge.id || call.attempt !== attempt || call.units !== items.length)
      throw bad('it does not submit the batch of this lease.')
    const { maxTime, minTime } = inner.timeBounds ?? { maxTime: '0', minTime: '0' }
    if (Number(maxTime) <= now || Number(maxTime) > now + MOST_VALID_SECONDS || Number(minTime) > now)
      throw bad(`it has to be valid now, and for at most ${MOST_VALID_SECONDS} s.`)
    const resources = resourceFeeOf(inner)
    const bid = BigInt(inner.fee) - resources
    if (resources > MOST_RESOURCES || bid > MOST_BID || bid < 0n)
      throw bad('its fees are higher than a submission needs.')
    const rate = bid > LEAST_BID ? bid : LEAST_BID
    const outer = TransactionBuilder.buildFeeBumpTransaction(payer, String(rate), inner, networkPassphrase)
    const entry = {
      ...{ challenge: challenge.id, labeler, attempt },
      ...{ inner: toHex(inner.hash()), fee: String(BigInt(outer.fee)) },
    }
    // Whoever has used up its part costs no simulation, nor does what was promised before.
    if (!(await inTurn(async () => isPromised(entry, (await today(now)).entries)))) {
      await simulated(inner, resources)
      await promise(entry, now)
    }
    outer.sign(payer)
    return { xdr: outer.toXdr(), hash: toHex(outer.hash()), sponsor: address }
  }

  /** Whether it was promised today already. @throws HttpError `limit_reached` where it can no longer be */
  function isPromised(entry: Paid, entries: readonly Paid[]): boolean {
    if (entries.some(({ inner }) => inner === entry.inner)) return true
    const { challenge, labeler, attempt } = entry
    const of = (wanted: (one: Paid) => boolean) => entries.filter(wanted)
    const sum = (all: readonly Paid[]) => all.reduce((total, one) => total + BigInt(one.fee), BigInt(entry.fee))
    const own = of((one) => one.labeler === labeler)
    if (own.filter((one) => one.challenge === challenge && one.attempt === attempt).length >= MOST_TRIES)
      throw limit(`Fees of attempt ${attempt} were paid ${MOST_TRIES} times.`)
    if (sum(own) > terms.daily / OF_ACCOUNT) throw limit(`What is paid for one account in a day is used up.`)
    if (sum(of((one) => one.challenge === challenge)) > terms.daily / OF_CHALLENGE)
      throw limit('What is paid in one challenge in a day is used up.')
    if (sum(entries) > terms.daily) throw limit('What is paid in a day is used up.')
    return false
  }

  /** One after another: what one request leaves, the next one has. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  /** On disk before anything is signed. @throws HttpError */
  const promise = (entry: Paid, now: number): Promise<void> =>
    inTurn(async () => {
      const { journal, entries } = await today(now)
      if (isPromised(entry, entries)) return
      await journal.append(entry)
      entries.push(entry)
    })

  /** A call that would fail costs its fee all the same. @throws HttpError */
  async function simulated(inner: Transaction, resources: bigint): Promise<void> {
    try {
      const found = await simulate(chain, inner, { signal })
      if (found.restore) throw bad('what it touches has to be restored first.')
      if (resources > 2n * found.data.resourceFee + SLACK) throw bad('its fees are higher than this submission needs.')
    } catch (error) {
      if (error instanceof ContractError || (error instanceof ChainFailure && !error.retryable))
        throw bad('the contract would refuse it.')
      throw error
    }
  }

  return {
    address,
    bump,
    pays: ({ maker, gate, terms: { payout } }, quiz) =>
      payout.rule === 'per_unit' && terms.makers.includes(maker) && (gate !== null || quiz),
    labelerOf: (asked) => leased(asked).source,
  }
}

function transactionIn(signed: string, networkPassphrase: string): Transaction {
  let read: unknown
  try {
    if (signed.length <= MOST_BYTES) read = TransactionBuilder.fromXdr(signed, networkPassphrase)
  } catch {
    // What follows says it.
  }
  if (read instanceof Transaction && read.source.startsWith('G')) return read
  throw bad('it is none of an account.')
}

/** One call of `submit`, by the account itself, that nobody else authorizes. @throws HttpError */
function submissionIn(
  { operations, source }: Transaction,
  of: { contract: string; labeler: string },
): { challenge: number; attempt: number; units: number } {
  const [operation, ...more] = operations
  if (more.length > 0 || operation?.type !== 'invokeHostFunction' || source !== of.labeler)
    throw bad('it is not one call of its account.')
  const { func, auth = [], source: by } = operation as Operation.InvokeHostFunction
  if (by !== undefined && by !== of.labeler) throw bad('another account makes its call.')
  if (func.type !== 'hostFunctionTypeInvokeContract') throw bad('it does not call a contract.')
  const { contractAddress, functionName, args } = func.invokeContract
  if (Address.fromScAddress(contractAddress).toString() !== of.contract || String(functionName) !== 'submit')
    throw bad('it does not call `submit` of this contract.')
  if (auth.some(({ credentials }) => credentials.type !== 'sorobanCredentialsSourceAccount'))
    throw bad('others authorize a part of it.')
  const [solver, challenge, attempt, , , units] = args.map(nativeOf)
  if (solver !== of.labeler) throw bad('it submits for another account.')
  return { challenge: Number(challenge), attempt: Number(attempt), units: Number(units) }
}

/** Anybody writes the arguments, also such as have no form here. @throws HttpError */
function nativeOf(value: xdr.ScVal): unknown {
  try {
    return scValToNative(value)
  } catch {
    throw bad('its arguments cannot be read.')
  }
}

function resourceFeeOf(inner: Transaction): bigint {
  const envelope = inner.toEnvelope()
  if (envelope.type === 'envelopeTypeTx') {
    const { ext } = envelope.value.tx
    if (ext.type === 'sorobanData') return BigInt(ext.value.resourceFee)
  }
  throw bad('it has no resources.')
}

const bad = (why: string) => new HttpError(422, 'bad_transaction', `The fee of this transaction is not paid: ${why}`)

const limit = (why: string) =>
  new HttpError(429, 'limit_reached', `${why} The account can pay the fee itself.`, {
    headers: { 'retry-after': '3600' },
  })
