/**
 * A lease collected from the challenge's oracles: one proposes, a majority signs. It goes on where some of them are silent, behind or
 * lie, for nothing counts that was not checked here.
 */
import type { SignerLike } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { checkLease, type Lease, type LeaseTerms, leaseSigners } from '@stellartrain/ipfs-content/lease'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { ChallengeContext } from '../challenge/context.ts'
import {
  askOracle,
  type OraclePlace,
  oraclePlaces,
  type Question,
  type Refusal as Refused,
  saidWords,
} from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { quizNotPassed } from './quiz-words.ts'

/** Longest wait for one answer. */
const SILENT_MS = 8_000
/** Oracles remember a lease that they are shown; whoever is slow is not waited for. */
const TELLING_MS = 3_000
const ROUNDS = 5
const MOST_BYTES = 2 * 1024 * 1024

/** What is read of a challenge for a lease of its items. */
export type LeaseContext = Pick<ChallengeContext, 'id' | 'challenge' | 'manifest' | 'clock'>

/** What an oracle said instead of a lease. `later`: it may say something else in some seconds. */
type Refusal = { who: string; code: string; detail: string; later: boolean; lease?: unknown }

const LATER: ReadonlySet<string> = new Set(['catching_up', 'busy', 'other_attempt', 'behind', 'not_leased'])

/** `collect` asks for the lease of one labeler and attempt; `holds` says whether a lease is one. */
export async function createCollector(
  client: StellarTrain,
  { id: challenge, challenge: frozen }: LeaseContext,
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
