/**
 * Handing a sealed file out once its submission stands in the ledger: to the IPFS node and to every oracle's own URL. They take what
 * the chain names without a sign-in; one is enough, for oracles hand on what they have.
 */

import { view, views } from '@stellartrain/contracts-client'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { ask, isTooLate } from '@stellartrain/ipfs-content/ask'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

export type Taker = { url: string /** `ipfs`, or the oracle's address. */; who: string }

export type HandedOut = {
  /** Who has the file now. */
  took: string[]
  /** Who does not, and why, for people. */
  failed: { who: string; why: string }[]
}

export type HandOutOptions = AbortOptions & {
  /** `places`: how many it is offered to. */
  onTaken?: ((who: string, places: number) => void) | undefined
  /** Somebody has it, and these are given until `graceMs` is over. */
  onWaiting?: ((who: string[], graceMs: number) => void) | undefined
  /** How often each is tried. */
  tries?: number | undefined
  /** How long the others are waited for once one has it. */
  graceMs?: number | undefined
}

const TRIES = 8
const GRACE_MS = 15_000
/** Who takes it this quickly after the first is not worth a word. */
const QUICK_MS = 1_000
/** For one request: a service may wait some seconds for its own view of the ledger. */
const REQUEST_MS = 120_000
/** Of a refusal. */
export const PROBLEM_MAX_BYTES = 64 * 1024
const CAR = 'application/vnd.ipld.car'

/** The IPFS node of this system and the newest URL of each oracle, as it wrote it. @throws ContractError, ChainFailure */
export async function readTakers(
  client: StellarTrain,
  oracles: readonly string[],
  { signal }: AbortOptions = {},
): Promise<Taker[]> {
  const { chain, config } = client
  const urls = await Promise.all(
    oracles.map(async (oracle) => {
      const { versions } = await view(chain, views.oracle({ oracle }), { signal })
      const { url } = await view(chain, views.oracleKey({ oracle, version: versions }), { signal })
      return { url, who: oracle }
    }),
  )
  return [{ url: config.ipfsUrl, who: 'ipfs' }, ...urls].flatMap(({ url, who }) =>
    /^https?:\/\//.test(url) ? [{ url, who }] : [],
  )
}

/**
 * Offers the file to everyone, and is done once somebody has it and the others had their time.
 * @throws UserError `not_handed_out` (retryable) if nobody took it: the file is still needed
 */
export async function handOut(
  { fetch }: Pick<StellarTrain, 'fetch'>,
  file: { cid: string; sealed: Uint8Array<ArrayBuffer> },
  takers: readonly Taker[],
  { signal, onTaken = () => {}, onWaiting = () => {}, tries = TRIES, graceMs = GRACE_MS }: HandOutOptions = {},
): Promise<HandedOut> {
  const archive = await archiveOf(file)
  const late = new AbortController()
  const done: HandedOut = { took: [], failed: [] }
  let timers: ReturnType<typeof setTimeout>[] = []
  const missing = () => takers.map(({ who }) => who).filter((who) => !told(done).includes(who))
  const offer = async ({ url, who }: Taker) => {
    const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal
    const refused = await offerTo(fetch, endpoint(url, `/v1/content/${file.cid}`), archive, tries, ends)
    if (refused !== undefined) {
      done.failed.push({ who, why: refused })
      return
    }
    done.took.push(who)
    onTaken(who, takers.length)
    if (timers.length > 0) return
    const wait = () => missing().length > 0 && onWaiting(missing(), graceMs)
    timers = [setTimeout(() => late.abort(), graceMs), setTimeout(wait, Math.min(QUICK_MS, graceMs / 2))]
  }
  try {
    await Promise.all(takers.map(offer))
  } finally {
    for (const timer of timers) clearTimeout(timer)
  }
  signal?.throwIfAborted()
  if (done.took.length > 0) return done
  const why = done.failed.map(({ who, why }) => `${who}: ${why}`).join(' ')
  throw new UserError(
    'not_handed_out',
    `The submission is in the ledger, but no one took its file yet. The same command hands it out again. ${why}`,
    { retryable: true },
  )
}

const told = ({ took, failed }: HandedOut): string[] => [...took, ...failed.map(({ who }) => who)]

/** Why it was not taken; undefined if it was. */
async function offerTo(
  fetch: typeof globalThis.fetch,
  url: string,
  body: Uint8Array<ArrayBuffer>,
  tries: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let why = 'there was no time.'
  for (let attempt = 1; attempt <= tries && !signal.aborted; attempt++) {
    try {
      const headers = { 'content-type': CAR }
      const response = await ask(url, { method: 'PUT', headers, body, silentMs: REQUEST_MS, signal, fetch })
      if (response.ok) {
        await response.body?.cancel()
        return undefined
      }
      const problem = await problemOf(response)
      why = problem.detail
      if (!problem.retryable) return why
    } catch (error) {
      if (signal.aborted) break
      why = isTooLate(error) ? 'it did not answer in time.' : 'it does not answer.'
    }
    if (attempt < tries) await sleep(backoff(attempt, 250, 4_000), signal).catch(() => undefined)
  }
  return why
}

/** A service that has not seen the ledger yet, or has no room at the moment, may take it later. */
async function problemOf(response: Response): Promise<{ detail: string; retryable: boolean }> {
  const { status } = response
  const body = await readBoundedJson(response, PROBLEM_MAX_BYTES).catch(() => undefined)
  const field = (name: string) => {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
    return typeof value === 'string' ? value.slice(0, 300) : undefined
  }
  const retryable = field('code') === 'not_named' || status === 429 || status >= 500
  return { detail: field('detail') ?? `it answered with ${status}.`, retryable }
}

async function archiveOf({ cid, sealed }: { cid: string; sealed: Uint8Array }): Promise<Uint8Array<ArrayBuffer>> {
  const [{ writeCar }, { importBytes }, { parseCid }] = await Promise.all([
    import('@stellartrain/ipfs-content/car'),
    import('@stellartrain/ipfs-content/import'),
    import('@stellartrain/ipfs-content/cid'),
  ])
  const blocks = new Map<string, Uint8Array>()
  const stored = await importBytes(sealed, async (id, bytes) => void blocks.set(id.toString(), bytes))
  if (stored.cid !== cid) throw new UserError('bad_input', 'The kept file is not the one that was submitted.')
  const pieces: Uint8Array[] = []
  for await (const piece of writeCar(parseCid(cid), async (id) => {
    const block = blocks.get(id.toString())
    if (!block) throw new RangeError(`no block ${id.toString()}`)
    return new Uint8Array(block)
  }))
    pieces.push(piece)
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => {
    whole.set(piece, at)
    return at + piece.length
  }, 0)
  return whole
}
