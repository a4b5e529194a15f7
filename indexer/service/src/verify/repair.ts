/**
 * Puts a challenge right that is not whole: events that an RPC left out are fetched again; what no RPC has is read from the contract's
 * own entries, and what those do not tell stays marked as unknown.
 */
import { type Chain, nativeTopic } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import type { ClientBase } from 'pg'
import { untraced } from '../project/recover.ts'
import type { World } from '../project/world.ts'
import type { Rpcs } from '../source/rpcs.ts'
import { addToArchive, readHistory } from '../store/archive.ts'
import { CHANNEL } from '../store/channel.ts'
import { lockProgress, SET_APART, transaction } from '../store/commit.ts'
import type { Reason } from '../store/completeness.ts'
import { makeChallenge, replaceChallenge } from '../store/replace.ts'
import { keepSnapshot } from '../store/snapshots.ts'
import { fetchAgain } from './again.ts'
import { type Agreement, agreementOn } from './agreement.ts'
import { contradiction } from './contradictions.ts'
import { comparable, compareWorld, readHints } from './look.ts'
import { type Hints, type Reading, readChallenge } from './reads.ts'
import { askState } from './told.ts'

export type RepairDeps = {
  client: ClientBase
  chain: Chain
  rpcs: Rpcs
  signal: AbortSignal
  log: Log
  /** When it was last told that RPCs disagree on a challenge, by its id, in milliseconds of `performance.now()`. */
  disputes: Map<number, number>
  /** See `RetryOptions`. */
  patience: number
}

/** A dispute that goes on is told again after so long. */
const TELL_AGAIN_MS = 60_000

export type Repaired =
  /** Every event is there, and they come to what the contract stores. */
  | 'whole'
  /** As the contract stores it. */
  | 'recovered'
  /** The contract moved on meanwhile, or has entries that cannot be read now: to be tried again. */
  | 'later'

export async function repair(deps: RepairDeps, id: number): Promise<Repaired> {
  const { client, chain, signal, log, disputes } = deps
  await refetch(deps, id)
  const hints = await eventHints(client, id)
  let asked = hints
  let reading = await readChallenge(chain, id, asked, { signal })
  if (reading && lacksSubmissions(reading)) {
    asked = await wider(client, hints)
    reading = await readChallenge(chain, id, asked, { signal })
  }
  const agreement = await agreementOn(deps, id, asked, reading)
  if (agreement === 'disputed' && performance.now() - (disputes.get(id) ?? Number.NEGATIVE_INFINITY) > TELL_AGAIN_MS) {
    disputes.set(id, performance.now())
    log.warn('rpcs_disagree', { what: 'entries', challenge: id })
  }
  if (!reading) {
    if (agreement === 'disputed') return 'later'
    const told = await askState(deps, id)
    // Entries that are there and that nobody shows are asked for again.
    return told.is === 'archived' || told.is === 'none' ? markArchived(client, id) : 'later'
  }
  return transaction(client, async () => {
    await lockProgress(client)
    if (!(await comparable(client, id, reading))) return 'later'
    const whole = await asWhole(client, id, reading, hints)
    if (!whole && !(await mayReplace(client, id, agreement))) return 'later'
    const done = whole ?? (await asStored(deps, id, reading, hints))
    await client.query('update sync set revision = revision + 1')
    await client.query('select pg_notify($1, $2)', [CHANNEL, 'repaired'])
    return done
  })
}

/** Rows give way to what RPCs agree on. One alone is believed where it is the only one, or where events are missing anyway. */
async function mayReplace(client: ClientBase, id: number, agreement: Agreement): Promise<boolean> {
  if (agreement !== 'unanswered') return agreement === 'alone' || agreement === 'agreed'
  const { rows } = await client.query("select 1 from incomplete where challenge = $1 and reason = 'differs'", [id])
  return rows.length === 0
}

/** A challenge that the contract counts, and whose entries nobody can read. */
async function markArchived(client: ClientBase, id: number): Promise<Repaired> {
  await client.query(
    `insert into incomplete (challenge, state, reason, detail, since) select $1, 'partial', 'archived', $2, first_ledger from sync
      where not exists (select from challenges where id = $1) on conflict do nothing`,
    [id, "The challenge's entries are archived; whoever restores them makes it known."],
  )
  return 'later'
}

/** Its events alone give what is stored. */
async function asWhole(client: ClientBase, id: number, reading: Reading, hints: Hints): Promise<Repaired | null> {
  const made = await makeChallenge(client, id, null)
  if (made.broken || compareWorld(made.world, id, reading, hints).is !== 'equal') return null
  await replaceChallenge(client, id, made.world)
  await client.query('delete from snapshots where challenge = $1', [id])
  const lost = await gapSince(client, made.world.challenges.get(id)!.createdLedger)
  if (lost === null || reading.recorded.modified < lost) {
    await client.query('delete from incomplete where challenge = $1', [id])
    return 'whole'
  }
  // What came in and went back to the maker within the lost ledgers has left no trace in the contract.
  await mark(client, id, 'gap', lost, reading, {
    unknown: untraced(made.world.challenges.get(id)!),
    unknownSubmissions: 0,
  })
  return 'recovered'
}

async function asStored({ client, log }: RepairDeps, id: number, reading: Reading, hints: Hints): Promise<Repaired> {
  const { stored, recorded } = reading
  const impossible = contradiction((await makeChallenge(client, id, null)).world, stored)
  if (impossible !== null) {
    log.warn('entries_contradict_events', { challenge: id, detail: impossible })
    return 'later'
  }
  const made = await makeChallenge(client, id, { ledger: recorded.first, stored })
  if (made.broken) {
    await client.query(SET_APART, [id, 'missing_events', made.broken.message, made.broken.ledger])
    return 'later'
  }
  await keepSnapshot(client, id, recorded.first, recorded, hints, stored)
  await replaceChallenge(client, id, made.world)
  const { reason, since } = await whyOf(client, id, made.world)
  await mark(client, id, reason, since, reading, made.recovered!)
  return 'recovered'
}

type Unknown = { unknown: readonly string[]; unknownSubmissions: number }

async function mark(
  client: ClientBase,
  id: number,
  reason: Reason,
  since: number,
  { recorded }: Reading,
  { unknown, unknownSubmissions }: Unknown,
): Promise<void> {
  await client.query(
    `insert into incomplete (challenge, state, reason, since, as_of, unknown, unknown_submissions)
      values ($1, 'recovered', $2, $3, $4, $5, $6)
      on conflict (challenge) do update set state = 'recovered', reason = excluded.reason,
        detail = case when incomplete.reason = 'archived' then '' else incomplete.detail end, as_of = excluded.as_of, unknown = excluded.unknown,
        unknown_submissions = excluded.unknown_submissions`,
    [id, reason, since, recorded.first, unknown, unknownSubmissions],
  )
}

async function whyOf(client: ClientBase, id: number, world: World): Promise<{ reason: Reason; since: number }> {
  const { rows } = await client.query('select reason, since from incomplete where challenge = $1', [id])
  const [marked] = rows as { reason: Reason; since: number }[]
  if (marked && marked.reason !== 'archived') return marked
  const { rows: begun } = await client.query('select first_ledger from sync')
  const { createdLedger } = world.challenges.get(id)!
  return {
    reason: createdLedger === 0 ? 'late_start' : 'missing_events',
    since: createdLedger || begun[0].first_ledger,
  }
}

/** The first lost ledger since then; null: none. */
async function gapSince(client: ClientBase, ledger: number): Promise<number | null> {
  const { rows } = await client.query('select min(from_ledger) as lost from gaps where to_ledger >= $1', [ledger])
  return (rows[0] as { lost: number | null }).lost
}

/** All that anybody has of this challenge joins the archive. */
async function refetch({ client, rpcs, chain, signal, patience }: RepairDeps, id: number): Promise<void> {
  const { rows } = await client.query('select ledger, first_ledger from sync')
  const [progress] = rows as { ledger: number; first_ledger: number }[]
  if (!progress) return
  const challenge = nativeTopic.u32(id)
  // Every event of a challenge has its number as the second topic; some have a third and a fourth.
  const topics = [['*', challenge, '**']]
  const wanted = { contract: chain.network.contract, topics, from: progress.first_ledger, through: progress.ledger }
  for await (const found of fetchAgain({ rpcs, signal, patience, ...wanted }))
    await transaction(client, async () => {
      await lockProgress(client)
      await addToArchive(client, found)
    })
}

const lacksSubmissions = ({ stored: { submissions, state } }: Reading): boolean => submissions.length < state.submitted

/** Solvers and labelers of this challenge as rows and events name them. */
async function eventHints(client: ClientBase, id: number): Promise<Hints> {
  const hints = await readHints(client, id)
  const events = await readHistory(client, id)
  const named = events.flatMap(({ decoded }) =>
    decoded?.type === 'submitted' ? [{ solver: decoded.solver, attempt: decoded.attempt }] : [],
  )
  const labelers = events.flatMap(({ decoded }) => (decoded?.type === 'earnings_claimed' ? [decoded.labeler] : []))
  return {
    submissions: [...hints.submissions, ...named],
    labelers: [...new Set([...hints.labelers, ...labelers])],
  }
}

/** Who worked elsewhere may have worked here. */
async function wider(client: ClientBase, hints: Hints): Promise<Hints> {
  const { rows } = await client.query('select distinct solver from submissions order by solver limit $1', [
    MOST_GUESSES,
  ])
  const guesses = (rows as { solver: string }[]).map(({ solver }) => ({ solver, attempt: 1 }))
  return { ...hints, submissions: [...hints.submissions, ...guesses] }
}

const MOST_GUESSES = 2_000
