/**
 * Compares solvers' records and the number of badges with the entries of their contract, some at a time. What an RPC left out is asked
 * for again; what no RPC has any more is counted as lost, so that a record is always the contract's own.
 */
import { scValToNative } from '@stellar/stellar-sdk/base'
import { type Call, nativeTopic, readEntries, recordsStorage } from '@stellartrain/contracts-client'
import { recordsAt } from '@stellartrain/contracts-client/records'
import { CHANNEL } from '../store/channel.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { addEvents, readRecords } from '../store/records.ts'
import { type AbsentEntries, createAbsentEntries } from './absent.ts'
import { fetchAgain } from './again.ts'
import { recordEntries } from './recorded.ts'
import type { RepairDeps } from './repair.ts'

/** Entries of one request. */
const AT_ONCE = 150
/** Calls of the contract, for entries that no RPC shows. */
const ASKED_AT_ONCE = 5

const COUNTS = ['submissions', 'scored', 'rejected', 'unavailable', 'unsettled', 'void', 'wins'] as const

type Counts = Record<(typeof COUNTS)[number], number>
type Stored = Counts & { first: bigint; last: bigint }

type Read = {
  /** By solver; one that is not there has an entry that nobody shows, and of which nobody says what is in it. */
  stored: Map<string, Stored>
  /** Null: nobody says. */
  badges: number | null
  /** The last ledger that changed an entry, and the first from which it was answered. */
  modified: number
  first: number
  /** The last ledger of which the contract itself told what no entry shows. */
  viewed: number
  /** The earliest ledger of which any of it was said. */
  since: number
}

export type RecordsLook = {
  /** Looks at some more. */
  next(): Promise<void>
}

export function createRecordsLook(deps: RepairDeps): RecordsLook {
  const { client, log } = deps
  let after = ''
  /** Of this round: the earliest ledger that was compared, and whether anything is neither equal nor mended, or could not be compared. */
  let round = BEGUN
  const absent = createAbsentEntries(deps)

  /** Those who ever submitted, or are counted without: a lost submission's record is not forgotten. */
  async function solversBehind(solver: string): Promise<string[]> {
    const { rows } = await client.query(
      `select solver from (
        (select solver from solver_sums where solver > $1 order by solver limit $2)
        union (select solver from solver_records where solver > $1 order by solver limit $2)
      ) s order by solver limit $2`,
      [solver, AT_ONCE],
    )
    return (rows as { solver: string }[]).map((row) => row.solver)
  }

  return {
    async next() {
      const { contract } = await readRecords(client)
      if (contract === null) return
      const solvers = await solversBehind(after)
      const read = await readStored(deps, absent, contract, solvers)
      const compared = await compare(deps, contract, solvers, read)
      if (compared === 'moving') return
      round = {
        ledger: Math.min(round.ledger, read.since),
        different: round.different || compared === 'different',
        unknown: round.unknown || compared === 'unknown',
      }
      after = solvers.at(-1) ?? ''
      if (solvers.length === AT_ONCE) return
      after = ''
      const { different, unknown } = round
      if (different) {
        // What an earlier round found does not hold any more.
        await client.query(
          'update sync set records_verified = null, revision = revision + 1 where records_verified is not null',
        )
        log.warn('records_differ', { contract })
      } else if (unknown) log.warn('records_not_compared', { contract })
      else {
        // A gap that came meanwhile is behind this ledger, and its solvers come again.
        await client.query('update sync set records_verified = least(ledger, $1)', [round.ledger])
      }
      round = BEGUN
    },
  }
}

const BEGUN = { ledger: Number.POSITIVE_INFINITY, different: false, unknown: false }

/** Entries and, of those that no RPC shows, what the contract answers: that an RPC left one out does not make a record empty. */
async function readStored(
  { client, chain, signal }: RepairDeps,
  absent: AbsentEntries,
  contract: string,
  solvers: readonly string[],
): Promise<Read> {
  const { chain: recording, recorded } = recordEntries(chain)
  const keys = solvers.map((solver) => recordsStorage.record(contract, solver))
  const counter = recordsStorage.badges(contract)
  const entries = await readEntries(recording, [counter, ...keys], { signal })
  const value = (key: (typeof keys)[number]): unknown => {
    const data = entries.get(key.toXdr('base64'))?.data
    return data?.type === 'contractData' ? scValToNative(data.contractData.val) : undefined
  }
  const stored = new Map<string, Stored>()
  const views = recordsAt(contract)
  const { rows } = await client.query(
    `select (select coalesce(max(to_ledger), 0) from gaps) as gap, exists (select from badges) as badges,
      array(select solver from solver_records where solver = any($1)) as counted`,
    [solvers],
  )
  const [known] = rows as [{ gap: number; badges: boolean; counted: string[] }]
  const counted = new Set(known.counted)
  let [first, viewed, since] = [recorded.first, 0, recorded.first]
  async function ask<T>(call: Call<T>, isNone: (value: T) => boolean, again: boolean): Promise<T | null> {
    const told = await absent.ask(call, isNone, again ? Number.POSITIVE_INFINITY : known.gap)
    if (told === 'unknown') return null
    since = Math.min(since, told.ledger)
    if (!told.remembered) first = Math.min(first, told.ledger)
    if (!isNone(told.result)) viewed = Math.max(viewed, told.ledger)
    return told.result
  }
  const left: string[] = []
  for (const [index, solver] of solvers.entries()) {
    const found = value(keys[index]!)
    if (found) stored.set(solver, found as Stored)
    else left.push(solver)
  }
  for (let start = 0; start < left.length; start += ASKED_AT_ONCE) {
    const asked = left.slice(start, start + ASKED_AT_ONCE).map(async (solver) => {
      const told = await ask(views.record({ solver }), ({ submissions }) => submissions === 0, counted.has(solver))
      if (told) stored.set(solver, told)
    })
    await Promise.all(asked)
  }
  const badges =
    (value(counter) as number | undefined) ?? (await ask(views.badges(), (count) => count === 0, known.badges))
  return { stored, badges, modified: recorded.modified, first, viewed, since }
}

type Compared =
  | 'equal'
  | 'different'
  /** Of some of it nobody says what the contract has. */
  | 'unknown'
  /** The contract or the tables went on meanwhile: to be tried again. */
  | 'moving'

async function compare(deps: RepairDeps, contract: string, solvers: readonly string[], read: Read): Promise<Compared> {
  const { client } = deps
  const first = await differing(client, solvers, read)
  if (first === 'moving') return 'moving'
  const equal = solvers.length > read.stored.size || read.badges === null ? 'unknown' : 'equal'
  if (first.solvers.length === 0 && first.badges === 0) return equal
  await refetch(deps, contract, first.solvers, first.badges > 0)
  const left = await differing(client, solvers, read)
  if (left === 'moving') return 'moving'
  const mended = left.solvers.length === 0 || (await keepLost(client, left.solvers, read))
  // What a lost badge says stays unknown; that it is missing is told.
  return mended && left.badges === 0 ? equal : 'different'
}

/** `badges`: how many more the contract counts; less than none where the tables have more. */
type Differing = { solvers: { solver: string; stored: Stored }[]; badges: number }

/** What was read holds from the ledger of its last change to that of its answer: the tables must be there, and know of no later event. */
async function differing(
  client: RepairDeps['client'],
  solvers: readonly string[],
  read: Read,
): Promise<Differing | 'moving'> {
  const { rows } = await client.query(
    `select s.ledger, greatest((select max(ledger) from folds where solver = any($1)),
      (select ledger from badges order by id desc limit 1), 0) as last, (select count(*) from badges)::int as badges from sync s`,
    [solvers],
  )
  const [state] = rows as { ledger: number; last: number; badges: number }[]
  if (!state || read.modified > Math.min(state.ledger, read.first)) return 'moving'
  if (read.viewed > state.ledger || state.last > read.first) return 'moving'
  const mine = await client.query(
    `select solver, ${COUNTS.map((name) => `${name}::int`).join(', ')} from solver_records where solver = any($1)`,
    [solvers],
  )
  const counted = new Map((mine.rows as (Counts & { solver: string })[]).map((row) => [row.solver, row]))
  const found = [...read.stored].flatMap(([solver, stored]) => {
    const known = counted.get(solver) ?? NOTHING
    return COUNTS.every((name) => known[name] === stored[name]) ? [] : [{ solver, stored }]
  })
  return { solvers: found, badges: read.badges === null ? 0 : read.badges - state.badges }
}

const NOTHING = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts

/** How many solvers one filter names; RPC takes five rows of topics. */
const SOLVERS_A_FILTER = 5

/** All that anybody has of these solvers joins the archive. */
async function refetch(
  { client, rpcs, signal, patience }: RepairDeps,
  contract: string,
  solvers: readonly { solver: string }[],
  badges: boolean,
): Promise<void> {
  const { rows } = await client.query('select ledger, records_since as since from sync')
  const [progress] = rows as { ledger: number; since: number | null }[]
  if (!progress) return
  const { symbol, address } = nativeTopic
  const filters: string[][][] = badges ? [[[symbol('badge_minted'), '*', '*']]] : []
  for (let start = 0; start < solvers.length; start += SOLVERS_A_FILTER) {
    const some = solvers.slice(start, start + SOLVERS_A_FILTER)
    filters.push(some.map(({ solver }) => [symbol('submission_folded'), '*', address(solver)]))
  }
  for (const topics of filters)
    for await (const found of fetchAgain({
      rpcs,
      contract,
      topics,
      from: 0,
      through: progress.ledger,
      signal,
      patience,
    }))
      await transaction(client, async () => {
        await lockProgress(client)
        await addEvents(client, found)
      })
}

/**
 * The contract's entry is right; what of it no event says is kept as lost.
 * @returns whether the records are the contract's own now
 */
async function keepLost(
  client: RepairDeps['client'],
  solvers: readonly { solver: string; stored: Stored }[],
  { first }: Read,
): Promise<boolean> {
  let mended = true
  await transaction(client, async () => {
    await lockProgress(client)
    for (const { solver, stored } of solvers) {
      await client.query('delete from lost_folds where solver = $1', [solver])
      const { rows } = await client.query(
        `select ${COUNTS.map((name) => `coalesce(max(${name}), 0)::int as ${name}`).join(', ')} from solver_records where solver = $1`,
        [solver],
      )
      const [told] = rows as Counts[]
      const lost = COUNTS.map((name) => stored[name] - (told?.[name] ?? 0))
      // Fewer than events tell: an RPC that is behind, or wrong; the next round asks again.
      const fewer = lost.some((count) => count < 0)
      if (fewer) mended = false
      if (fewer || lost.every((count) => count === 0)) continue
      await client.query(
        `insert into lost_folds (solver, ledger, first, last, ${COUNTS.join(', ')})
          values ($1, $2, $3, $4, ${COUNTS.map((_, index) => `$${index + 5}`).join(', ')})`,
        [solver, first, stored.first.toString(), stored.last.toString(), ...lost],
      )
    }
    await client.query('update sync set revision = revision + 1')
    await client.query('select pg_notify($1, $2)', [CHANNEL, 'records'])
  })
  return mended
}
