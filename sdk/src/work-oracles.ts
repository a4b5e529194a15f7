/** The oracles of a challenge whose earnings follow from signed batches: what is asked of all of them, and given to all of them. */

import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { StellarTrain } from './client.ts'
import { type ChallengeContext, readContext } from './context.ts'
import { PROBLEM_MAX_BYTES, readTakers } from './handout.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'
import { takesWork } from './takes-work.ts'

export type WorkContext = Pick<ChallengeContext, 'id' | 'challenge' | 'manifest' | 'clock' | 'terms' | 'state'>

/** @throws UserError `rule_not_supported`; ContentError, ChainFailure */
export async function workContext(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions,
): Promise<ChallengeContext> {
  const context = await readContext(client, challenge, options)
  if (takesWork(context)) return context
  throw new UserError('rule_not_supported', `Challenge ${challenge} does not pay for labels by earnings.`)
}

const SILENT_MS = 15_000
const TRIES = 5
/** Of what one oracle tells, such as all appeals of a challenge. */
const LIST_MAX_BYTES = 32 * 1024 * 1024
const LATER: ReadonlySet<string> = new Set(['busy', 'no_work', 'catching_up', 'silent'])

/** `url`: where an oracle tells of work. */
export async function places(
  client: StellarTrain,
  { challenge }: Pick<WorkContext, 'challenge'>,
  options: AbortOptions,
): Promise<Place[]> {
  const takers = await readTakers(client, challenge.terms.oracles, options)
  return takers.filter(({ who }) => who !== 'ipfs').map(({ url, who }) => ({ who, url: endpoint(url, '/v1/work') }))
}

/**
 * What each oracle of the challenge answers, of those that do: at least one.
 * @throws UserError `no_lease` (retryable) where no oracle answers
 */
export async function askOracles<T>(
  client: StellarTrain,
  context: WorkContext,
  path: string,
  { signal }: AbortOptions,
): Promise<T[]> {
  for (let tries = 1; ; tries++) {
    const asked = (await places(client, context, { signal })).map(async ({ url }) => {
      const answer = await client.fetch(`${url}/challenges/${context.id}/${path}`, {
        signal: limited(signal),
        redirect: 'error',
        credentials: 'omit',
      })
      return answer.ok ? ((await readBoundedJson(answer, LIST_MAX_BYTES)) as T) : undefined
    })
    const told = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' && one.value ? [one.value] : [],
    )
    signal?.throwIfAborted()
    if (told.length > 0) return told
    if (tries === TRIES)
      throw new UserError('no_lease', 'No oracle of this challenge answers now; nothing was lost. Try again.', {
        retryable: true,
      })
    await sleep(backoff(tries, 500, 4_000), signal)
  }
}

export type GiveOptions = AbortOptions & {
  /** How many oracles have to take it; one unless given, for they hand on what they took. */
  least?: number | undefined
  /** What an oracle is given first that says it lacks what came before. */
  before?: string | undefined
}

/**
 * Hands it to all oracles; those who took it.
 * @throws UserError `bad_input`, `attempt_taken`; `not_handed_out` (retryable) where fewer than `least` took it, with why each other did not
 */
export async function give(
  client: StellarTrain,
  context: WorkContext,
  path: string,
  body: string,
  options: GiveOptions,
): Promise<string[]> {
  const { oracles } = context.challenge.terms
  return giveTo(client.fetch, { oracles, places: () => places(client, context, options) }, path, body, options)
}

type Place = { who: string; url: string }

/** `places`: those of the oracles that have one. */
export async function giveTo(
  fetch: StellarTrain['fetch'],
  to: { oracles: readonly string[]; places: () => Promise<readonly Place[]> },
  path: string,
  body: string,
  { signal, least = 1, before }: GiveOptions,
): Promise<string[]> {
  const { oracles } = to
  const took = new Set<string>()
  let failed: { who: string; code: string; detail: string }[] = []
  for (let tries = 1; tries <= TRIES; tries++) {
    const asked = await to.places()
    const offered = asked
      .filter(({ who }) => !took.has(who))
      .map(async ({ url, who }) => {
        const at = `${url}/${path}`
        const first = await offer(fetch, at, body, signal)
        if (first?.code !== 'number_ahead' || before === undefined) return { who, problem: first }
        await offer(fetch, at, before, signal)
        return { who, problem: await offer(fetch, at, body, signal) }
      })
    const done = await Promise.all(offered)
    signal?.throwIfAborted()
    for (const { who, problem } of done) if (problem === undefined) took.add(who)
    if (took.size >= least) return [...took]
    const silent = oracles.filter((oracle) => !asked.some(({ who }) => who === oracle))
    failed = [
      ...done.flatMap(({ who, problem }) => (problem ? [{ who, ...problem }] : [])),
      ...silent.map((who) => ({ who, code: 'no_url', detail: 'it has no address on the web.' })),
    ]
    // More tries are of use where those that may take it later are enough.
    if (took.size + failed.filter(({ code }) => LATER.has(code)).length < least) break
    if (tries < TRIES) await sleep(backoff(tries, 500, 4_000), signal)
  }
  const said = failed.map(({ who, detail }) => `${who}: ${detail}`).join(' ')
  if (took.size === 0 && !failed.some(({ code }) => LATER.has(code)))
    throw refused(
      failed.map(({ code }) => code),
      said,
    )
  const how =
    least === 1 ? 'No oracle took it yet.' : `${took.size} of ${oracles.length} oracles took it, not ${least}.`
  throw new UserError('not_handed_out', `${how} The same call submits it again. ${said}`, { retryable: true })
}

function refused(codes: readonly (string | undefined)[], said: string): UserError {
  if (codes.includes('attempt_taken'))
    return new UserError('attempt_taken', `Another device submitted a batch meanwhile: get new items. ${said}`, {
      retryable: true,
    })
  return new UserError('bad_input', `The oracles refuse it. ${said}`)
}

async function offer(
  fetch: StellarTrain['fetch'],
  url: string,
  body: string,
  signal: AbortSignal | undefined,
): Promise<{ code: string; detail: string } | undefined> {
  try {
    const answer = await fetch(url, {
      ...{ method: 'PUT', headers: { 'content-type': 'application/json' }, body },
      ...{ redirect: 'error', credentials: 'omit', signal: limited(signal) },
    })
    if (answer.ok) return undefined
    const said = (await readBoundedJson(answer, PROBLEM_MAX_BYTES).catch(() => ({}))) as {
      code?: unknown
      detail?: unknown
    }
    const text = (value: unknown, other: string) => (typeof value === 'string' ? value.slice(0, 300) : other)
    return { code: text(said.code, 'silent'), detail: text(said.detail, `it answered with ${answer.status}.`) }
  } catch {
    return { code: 'silent', detail: 'it does not answer.' }
  }
}

const limited = (signal: AbortSignal | undefined): AbortSignal => {
  const limit = AbortSignal.timeout(SILENT_MS)
  return signal ? AbortSignal.any([signal, limit]) : limit
}
