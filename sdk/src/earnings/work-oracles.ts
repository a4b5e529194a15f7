/** The oracles of a challenge whose earnings follow from signed batches: what is asked of all of them, and given to all of them. */

import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { askEach, askOracle, isTaken, type OraclePlace, oraclePlaces, saidWords } from '../oracles/ask-oracles.ts'
import { PROBLEM_MAX_BYTES } from '../oracles/handout.ts'
import { refuseSubmission } from '../submit/precheck.ts'
import type { StellarTrain } from '../system/client.ts'
import { partOf } from '../system/counted.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
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
  // By earnings without items: oracles post what they know from elsewhere.
  refuseSubmission(context.terms)
  throw new UserError(
    'rule_not_supported',
    `Challenge ${challenge} does not pay labelers by earnings. Where it pays per unit, what became of a batch is shown by: npx stellartrain status ${challenge}/N`,
  )
}

const SILENT_MS = 15_000
const TRIES = 5
/** Of what one oracle tells, such as all appeals of a challenge. */
const LIST_MAX_BYTES = 32 * 1024 * 1024
const LATER: ReadonlySet<string> = new Set(['busy', 'no_work', 'catching_up', 'silent'])

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
    const places = await oraclePlaces(client, context.challenge.terms.oracles, { signal })
    const limits = { silentMs: SILENT_MS, maxBytes: LIST_MAX_BYTES, signal }
    const asked = await askEach(client, places, `/v1/work/challenges/${context.id}/${path}`, limits)
    const told = asked.flatMap((said) => (said.ok && said.body ? [said.body as T] : []))
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
  return giveTo(client, { oracles, places: () => oraclePlaces(client, oracles, options) }, path, body, options)
}

/** `places`: those of the oracles that have one. */
export async function giveTo(
  client: Pick<StellarTrain, 'fetch' | 'sessions'>,
  to: { oracles: readonly string[]; places: () => Promise<readonly OraclePlace[]> },
  path: string,
  body: string,
  { signal, least = 1, before }: GiveOptions,
): Promise<string[]> {
  const { oracles } = to
  const took = new Set<string>()
  let failed: { who: string; code: string; detail: string }[] = []
  const offer = (place: OraclePlace, body: string) =>
    askOracle(client, place, `/v1/work/${path}`, {
      ...{ method: 'PUT', body, silentMs: SILENT_MS, maxBytes: PROBLEM_MAX_BYTES, signal },
    })
  for (let tries = 1; tries <= TRIES; tries++) {
    const asked = await to.places()
    const offered = asked
      .filter(({ who }) => !took.has(who))
      .map(async (place) => {
        const first = await offer(place, body)
        if (before === undefined || first.ok || first.code !== 'number_ahead') return first
        await offer(place, before)
        return offer(place, body)
      })
    const done = await Promise.all(offered)
    for (const said of done) if (isTaken(said)) took.add(said.who)
    if (took.size >= least) return [...took]
    const silent = oracles.filter((oracle) => !asked.some(({ who }) => who === oracle))
    failed = [
      ...done.flatMap((said) => (said.ok || isTaken(said) ? [] : [said])),
      ...silent.map((who) => ({ who, code: 'no_url', detail: 'it has no address on the web.' })),
    ]
    // More tries are of use where those that may take it later are enough.
    if (took.size + failed.filter(({ code }) => LATER.has(code)).length < least) break
    if (tries < TRIES) await sleep(backoff(tries, 500, 4_000), signal)
  }
  const said = saidWords(failed)
  if (took.size === 0 && !failed.some(({ code }) => LATER.has(code)))
    throw refused(
      failed.map(({ code }) => code),
      said,
    )
  const how =
    least === 1
      ? 'No oracle took it yet.'
      : `Only ${partOf(took.size, oracles.length, 'oracle')} took it, and ${least} have to.`
  throw new UserError('not_handed_out', `${said} ${how} The same call submits it again.`, { retryable: true })
}

function refused(codes: readonly (string | undefined)[], said: string): UserError {
  if (codes.includes('attempt_taken'))
    return new UserError('attempt_taken', `Another device submitted a batch meanwhile: get new items. ${said}`, {
      retryable: true,
    })
  return new UserError('bad_input', `The oracles refuse it. ${said}`)
}
