/** What the chain's events say of one challenge, as far back as the RPC keeps them. */
import {
  ContractError,
  type ContractEvent,
  decodeEvent,
  EventsGone,
  ledgerOf,
  nativeTopic,
  readClock,
  readEventPage,
  view,
  views,
} from '@stellartrain/contracts-client'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

export type ChallengeHistory = {
  events: ContractEvent[]
  /** False when the RPC has dropped the beginning: what is missing then proves nothing. */
  complete: boolean
  /** The first ledger that was read. */
  from: number
  /** Where reading resumes. */
  cursor: string | undefined
}

/** An RPC scans 10,000 ledgers a call; up to twice that, reading everything costs less than guessing. */
const READ_ALL = 20_000

export async function readHistory(
  client: StellarTrain,
  challenge: number,
  { signal }: AbortOptions = {},
): Promise<ChallengeHistory> {
  const { chain } = client
  const [health, frozen, { closedAt }] = await Promise.all([
    chain.rpc.request<{ latestLedger: number; oldestLedger: number }>('getHealth', undefined, { signal }),
    view(chain, views.challenge({ challenge }), { signal }),
    // The ledger's time: a clock of this machine's that is late would leave out what came first.
    readClock(chain, { signal }),
  ])
  const seconds = Math.max(0, closedAt - Number(frozen.created))
  // No public network closes more than one ledger a second, so the creation is not further back than this.
  const guess = health.latestLedger - seconds - 100
  const kept = health.latestLedger - health.oldestLedger <= READ_ALL
  const from = Math.max(1, health.oldestLedger, kept ? 0 : guess)
  const read = (from: number) =>
    extendHistory(client, challenge, { events: [], complete: false, from, cursor: undefined }, { signal })
  try {
    return await read(from)
  } catch (error) {
    // The oldest ledger moved on between the two requests.
    if (error instanceof EventsGone) return read(error.oldestLedger + 10)
    throw error
  }
}

/** The same history with what has happened since. */
export async function extendHistory(
  client: StellarTrain,
  challenge: number,
  history: ChallengeHistory,
  { signal }: AbortOptions = {},
): Promise<ChallengeHistory> {
  const events = [...history.events]
  const seen = new Set(events.map((event) => event.id))
  let { cursor } = history
  for (;;) {
    const start = cursor === undefined ? { startLedger: history.from } : { cursor }
    const page = await readEventPage(client.chain, start, { topics: topicsOf(challenge) }, { signal })
    for (const raw of page.events) {
      const event = seen.has(raw.id) ? undefined : decodeEvent(raw)
      if (event) events.push(event)
    }
    const done = page.events.length === 0 && (page.cursor === cursor || ledgerOf(page.cursor) >= page.latestLedger)
    cursor = page.cursor
    if (done) return { ...history, events, complete: events[0]?.type === 'challenge_created', cursor }
  }
}

/** Every event of ours that names a challenge has it as its second topic; the rows differ in how many topics follow. */
export function topicsOf(challenge: number): string[][] {
  const number = nativeTopic.u32(challenge)
  return [
    ['*', number],
    ['*', number, '*'],
    ['*', number, '*', '*'],
  ]
}

export type SubmissionRef = { challenge: number; solver: string; attempt: number }

/**
 * Finds who made the submission with this number. The API's word is only a hint: the chain confirms it.
 * @throws UserError `not_found`
 */
export async function locate(
  client: StellarTrain,
  challenge: number,
  number: number,
  options: AbortOptions & { history?: ChallengeHistory } = {},
): Promise<SubmissionRef> {
  const history = options.history ?? (await readHistory(client, challenge, options))
  for (const event of history.events) {
    if (event.type === 'submitted' && event.number === number) {
      return { challenge, solver: event.solver, attempt: event.attempt }
    }
  }
  if (!history.complete) {
    const hint = await hintFromApi(client, challenge, number, options)
    if (hint) return hint
  }
  throw new UserError(
    'not_found',
    history.complete
      ? `Challenge ${challenge} has no submission ${number}.`
      : `The RPC no longer has the events that say who made submission ${number}; name it by solver and attempt instead.`,
  )
}

async function hintFromApi(client: StellarTrain, challenge: number, number: number, { signal }: AbortOptions) {
  const { createApi } = await import('../system/api.ts')
  try {
    const { solver, attempt } = await createApi(client.config, { fetch: client.fetch }).submission(challenge, number, {
      signal,
    })
    const stored = await view(client.chain, views.submission({ challenge, solver, attempt }), { signal })
    return stored.number === number ? { challenge, solver, attempt } : undefined
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof UserError || error instanceof ContractError) return undefined
    throw error
  }
}
