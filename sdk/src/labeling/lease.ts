/**
 * The lease of a labeler's next batch, collected from the challenge's oracles: one proposes, a majority signs. It goes on where some of
 * them are silent, behind or lie, for nothing counts that was not checked here; and it is the same on a second device.
 */

import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { quorum, type Terms } from '@stellartrain/contracts-client/rules'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { checkLease, type Lease, type LeaseTerms, leaseSigners } from '@stellartrain/ipfs-content/lease'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { ChallengeContext } from '../challenge/context.ts'
import type { DraftKey, DraftStore } from '../drafts/drafts.ts'
import {
  askOracle,
  type OraclePlace,
  oraclePlaces,
  type Question,
  type Refusal as Refused,
  saidWords,
} from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { quizNotPassed } from './quiz-words.ts'

/** Less than this before its end, ledger time in seconds, a batch is not submitted: it might come too late. */
export const LEASE_MARGIN_SECONDS = 60
/** Longest wait for one answer. */
const SILENT_MS = 8_000
/** Oracles remember a lease that they are shown; whoever is slow is not waited for. */
const TELLING_MS = 3_000
const ROUNDS = 5
const MOST_BYTES = 2 * 1024 * 1024

type Context = Pick<ChallengeContext, 'id' | 'challenge' | 'manifest' | 'clock'>

export type LeaseOptions = AbortOptions & {
  signer: SignerLike
  /** Where it is kept; taken from there as long as it lasts. */
  drafts?: DraftStore | undefined
  /** Called before the wallet is asked to sign in at an oracle. */
  onSigning?: (() => void) | undefined
}

/** Whether batches of this challenge need a lease. */
export const needsLease = ({ labeling }: { labeling?: { overlap?: number | undefined } | undefined }): boolean =>
  labeling?.overlap !== undefined

/**
 * The lease for an attempt: the one that is kept here, the one that another device took, or a new one.
 * @param renew whether it should last longer than it does
 * @throws UserError `no_lease` (mostly retryable) with what each oracle said, `no_attempts_left` where nothing is left for this labeler;
 * what the wallet throws
 */
export async function takeLease(
  client: StellarTrain,
  context: Context,
  attempt: number,
  { signer, drafts, signal, onSigning }: LeaseOptions,
  renew = false,
): Promise<Lease> {
  const labeler = asSigner(signer).address
  const collector = await createCollector(client, context, { labeler, attempt, signer, signal, onSigning })
  const key = keyOf(client, { challenge: context.id, solver: labeler, attempt })
  const kept = await keptLease(drafts, key)
  const usable = kept && kept.expires > context.clock.closedAt && collector.holds(kept)
  if (kept && usable && !renew) return kept
  const lease = await collector.collect(renew)
  await drafts?.leases?.keep(key, new TextEncoder().encode(JSON.stringify(lease)))
  return lease
}

/**
 * The lease that a batch is submitted with: it lasts long enough, or is renewed. Nothing is spent where it does not.
 * @throws UserError `lease_expired`; else as `takeLease`
 */
export async function leaseToSubmit(
  client: StellarTrain,
  context: Context,
  attempt: number,
  options: LeaseOptions,
): Promise<Lease> {
  const { closedAt } = context.clock
  const key = keyOf(client, { challenge: context.id, solver: asSigner(options.signer).address, attempt })
  const before = await keptLease(options.drafts, key)
  if (before && before.expires <= closedAt) throw expired(before)
  const lease = await takeLease(client, context, attempt, options)
  if (isLasting(lease, closedAt)) return lease
  // An oracle that is a ledger behind does not see yet that the end is near: it gives the same lease again, or signs no longer one.
  for (let tries = 1; ; tries++) {
    const longer = await takeLease(client, context, attempt, options, true).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      if (tries === RENEWALS || error.code !== 'no_lease') throw expired(lease, error)
    })
    if (longer && isLasting(longer, closedAt)) return longer
    if (tries === RENEWALS) throw expired(longer ?? lease)
    await sleep(RENEWAL_PAUSE_MS, options.signal)
  }
}

/**
 * The lease that a batch is checked with before it is submitted: the one that is kept here. None is asked for, since a lease that ends
 * unused makes its labeler wait for the next.
 * @throws UserError `no_lease` where none is kept, `lease_expired` where it has ended
 */
export async function leaseToCheck(
  client: StellarTrain,
  { id: challenge, clock }: Pick<Context, 'id' | 'clock'>,
  { solver, attempt, drafts }: { solver: string; attempt: number; drafts?: DraftStore | undefined },
): Promise<Lease> {
  const kept = await keptLease(drafts, keyOf(client, { challenge, solver, attempt }))
  if (!kept)
    throw new UserError(
      'no_lease',
      `No lease of attempt ${attempt} is kept here, so its items are not known. Get them first: npx stellartrain tasks ${challenge}`,
    )
  if (kept.expires <= clock.closedAt) throw leaseEnded(kept.expires)
  return kept
}

const RENEWALS = 6
const RENEWAL_PAUSE_MS = 1_000

/** Whether there is time to submit. `now`: unix seconds. */
export const isLasting = ({ expires }: Pick<Lease, 'expires'>, now: number): boolean =>
  expires - now >= LEASE_MARGIN_SECONDS

/** A lease that was kept for an attempt of before, or by another process; unchecked. */
export async function keptLease(drafts: DraftStore | undefined, key: DraftKey): Promise<Lease | undefined> {
  const bytes = await drafts?.leases?.read(key)
  if (!bytes) return undefined
  try {
    return checkLease(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return undefined
  }
}

export const keyOf = (
  { config }: StellarTrain,
  of: { challenge: number; solver: string; attempt: number },
): DraftKey => ({ network: config.passphrase, contract: config.contract, ...of })

function expired({ expires }: Pick<Lease, 'expires'>, cause?: UserError): UserError {
  const why = cause === undefined ? '' : ` ${cause.message}`
  return new UserError(
    'lease_expired',
    `The lease of this batch ends at ${isoTime(expires)}, which is too soon to submit it, and no majority of the oracles renews it. Nothing was spent.${why} Get new items with \`tasks\`.`,
  )
}

/** Until when items of a lease can be submitted, unix seconds: the challenge's deadline may come before the lease ends. */
export const submittableUntil = ({ expires }: Pick<Lease, 'expires'>, { deadline }: Pick<Terms, 'deadline'>): number =>
  Math.min(expires, deadline)

/** For who is still labeling. `expires`: of the lease that was kept, unix seconds. */
export function leaseEnded(expires: number | undefined): UserError {
  const when =
    expires === undefined
      ? 'The lease of these items is not kept here'
      : `The lease of these items ended at ${isoTime(expires)}`
  return new UserError('lease_expired', `${when}: they can no longer be submitted. Nothing was spent. Get new items.`)
}

/** What an oracle said instead of a lease. `later`: it may say something else in some seconds. */
type Refusal = { who: string; code: string; detail: string; later: boolean; lease?: unknown }

const LATER: ReadonlySet<string> = new Set(['catching_up', 'busy', 'other_attempt', 'behind', 'not_leased'])

async function createCollector(
  client: StellarTrain,
  { id: challenge, challenge: frozen }: Context,
  options: AbortOptions & {
    labeler: string
    attempt: number
    signer: SignerLike
    onSigning?: (() => void) | undefined
  },
) {
  const { labeler, attempt, signer, signal, onSigning } = options
  const { oracles } = frozen.terms
  const needed = quorum({ oracles })
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const termsOf = ({ layer, expires, items }: Pick<Lease, 'layer' | 'expires' | 'items'>): LeaseTerms => ({
    ...{ ...place, challenge, labeler, attempt, layer, expires, items },
  })
  /** Only what was really signed. */
  const signed = (lease: Lease) => {
    const signers = leaseSigners(termsOf(lease), lease.signatures, oracles)
    return lease.signatures.filter(({ oracle }) => signers.has(oracle))
  }
  const holds = (lease: Lease) => lease.attempt === attempt && signed(lease).length >= needed

  async function call(place: OraclePlace, path: string, question: Asked): Promise<unknown> {
    const limits = { silentMs: SILENT_MS, maxBytes: MOST_BYTES, signal }
    const said = await askOracle(client, place, `/v1/tasks/${path}`, { ...limits, ...question })
    if (said.ok) return said.body
    throw refusal(said.who, said)
  }

  function refusal(who: string, { code, detail, body }: Refused): Refusal {
    const lease = typeof body === 'object' && body !== null && 'lease' in body ? { lease: body.lease } : {}
    return { who, code, detail, later: LATER.has(code), ...lease }
  }

  /** A lease for this labeler and attempt that `who` answered with, with those signatures that are true. */
  function leaseFrom(body: unknown, who: string): Lease {
    const answered = (typeof body === 'object' && body !== null ? body : {}) as { lease?: unknown }
    let lease: Lease
    try {
      lease = checkLease(answered.lease)
    } catch {
      throw refusal(who, { code: 'false', detail: 'its answer is not a lease.' })
    }
    if (lease.attempt < attempt) throw refusal(who, { code: 'behind', detail: 'its view of the ledger is behind.' })
    // Another device handed in a batch meanwhile: whoever asks again asks for the next attempt.
    if (lease.attempt > attempt) throw refusal(who, { code: 'other_attempt', detail: 'another attempt is next.' })
    const signatures = signed(lease)
    if (signatures.length === 0)
      throw refusal(who, { code: 'false', detail: 'it did not sign the lease that it returned.' })
    return { ...lease, signatures }
  }

  const json = (body: object) => JSON.stringify({ challenge, labeler, ...body })

  const proposal = async (place: OraclePlace, renew: boolean): Promise<Lease> =>
    leaseFrom(await call(place, 'leases', { method: 'POST', body: json({ renew }), signer, onSigning }), place.who)

  /** Asks the others to sign it; resolves as soon as enough have. What stood in the way otherwise. */
  async function complete(lease: Lease, takers: readonly OraclePlace[]): Promise<Lease | Refusal[]> {
    let whole = lease
    const others = takers.filter(({ who }) => !lease.signatures.some(({ oracle }) => oracle === who))
    const refused: Refusal[] = []
    if (holds(whole)) return whole
    await new Promise<void>((resolve) => {
      let open = others.length
      if (open === 0) resolve()
      for (const place of others) {
        const { who } = place
        void call(place, 'leases/sign', { method: 'POST', body: json({ lease }) })
          .then((body) => {
            const more = leaseFrom(body, who)
            // Signatures under other terms were dropped by `signed`; here those under this lease's are added.
            const own = signed({ ...whole, signatures: more.signatures }).filter(
              ({ oracle }) => !whole.signatures.some((one) => one.oracle === oracle),
            )
            if (own.length === 0)
              throw refusal(who, { code: 'false', detail: 'it did not sign the lease that it returned.' })
            whole = { ...whole, signatures: [...whole.signatures, ...own] }
            if (holds(whole)) resolve()
          })
          .catch((error: unknown) => {
            refused.push(isRefusal(error) ? error : refusal(who, UNKNOWN))
          })
          .finally(() => --open === 0 && resolve())
      }
    })
    signal?.throwIfAborted()
    return holds(whole) ? whole : refused
  }

  /** So that an oracle that did not sign knows of it; it counts without. */
  async function tell(lease: Lease, takers: readonly OraclePlace[]): Promise<void> {
    const all = takers.map((place) => call(place, 'leases', { method: 'PUT', body: json({ lease }) }))
    await Promise.race([Promise.allSettled(all), sleep(TELLING_MS, signal)])
  }

  async function round(takers: readonly OraclePlace[], renew: boolean): Promise<Lease | Refusal[]> {
    const refused: Refusal[] = []
    const tried = new Set<string>()
    const attemptOn = async (lease: Lease): Promise<Lease | undefined> => {
      const name = JSON.stringify([lease.layer, lease.expires, lease.items])
      if (tried.has(name)) return undefined
      tried.add(name)
      const found = await complete(lease, takers)
      if (!Array.isArray(found)) return found
      refused.push(...found)
      // Another device was faster, or took it from another oracle.
      for (const { lease: other, who } of found) {
        if (other === undefined) continue
        try {
          const next = await attemptOn(leaseFrom({ lease: other }, who))
          if (next) return next
        } catch (error) {
          if (!isRefusal(error)) throw error
        }
      }
      return undefined
    }
    for (const place of takers) {
      try {
        const found = await attemptOn(await proposal(place, renew))
        if (found) return found
      } catch (error) {
        if (!isRefusal(error)) throw error
        refused.push(error)
      }
    }
    return refused
  }

  async function collect(renew: boolean): Promise<Lease> {
    // All labelers ask in one order, that of the terms, so that one oracle has what it gave to others in mind.
    const takers = await oraclePlaces(client, oracles, { signal })
    for (let rounds = 1; ; rounds++) {
      const found = await round(takers, renew)
      if (!Array.isArray(found)) {
        await tell(found, takers)
        if (renew) return found
        // What was proposed lasts for the signatures alone.
        const longer = await round(takers, true)
        if (Array.isArray(longer)) return found
        await tell(longer, takers)
        return longer
      }
      // One that was away when the quiz was passed learns of it from the others, a moment later.
      const unpassed = new Set(found.flatMap(({ who, code }) => (code === 'quiz_not_passed' ? [who] : []))).size
      if (unpassed >= needed) throw quizNotPassed(challenge, labeler)
      if (rounds >= ROUNDS || !found.some(({ later }) => later)) throw noLease(found, labeler, needed)
      await sleep(backoff(rounds, 500, 4_000), signal)
    }
  }

  return { holds, collect }
}

type Asked = Pick<Question, 'method' | 'body' | 'signer' | 'onSigning'>
const UNKNOWN = { code: 'silent', detail: 'it refused.' }

function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'who' in error && 'later' in error
}

const WAITING: ReadonlySet<string> = new Set(['newcomers_full', 'all_held', 'wait', 'silent', ...LATER])

function noLease(refused: readonly Refusal[], labeler: string, needed: number): UserError {
  const said = [...new Map(refused.map((one) => [one.who, one])).values()]
  if (said.filter(({ code }) => code === 'nothing_left').length >= needed)
    return new UserError('no_attempts_left', `${labeler} has had every item that still needs labels.`)
  const why = saidWords(said)
  return new UserError('no_lease', `No majority of the oracles gives you items now; nothing was spent. ${why}`, {
    retryable: said.some(({ code }) => WAITING.has(code)),
  })
}
