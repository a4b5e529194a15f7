/**
 * Compares solvers' records and the number of badges with the entries of their contract, some at a time. What an RPC left out is asked
 * for again; what no RPC has any more is counted as lost, so that a record is always the contract's own.
 */
import { scValToNative } from '@stellar/stellar-sdk/base'
import { nativeTopic, readEntries, recordsStorage } from '@stellartrain/contracts-client'
import { askPage } from '../source/ask.ts'
import type { PageEvent } from '../source/page.ts'
import { ranges } from '../source/range.ts'
import { CHANNEL, lockProgress, transaction } from '../store/commit.ts'
import { addEvents, readRecords } from '../store/records.ts'
import { recordEntries } from './recorded.ts'
import type { RepairDeps } from './repair.ts'

/** Entries of one request. */
const AT_ONCE = 150

const COUNTS = ['submissions', 'scored', 'rejected', 'unavailable', 'unsettled', 'void', 'wins'] as const

type Counts = Record<(typeof COUNTS)[number], number>
type Stored = Counts & { first: bigint; last: bigint }

type Read = { stored: Map<string, Stored>; badges: number; modified: number; first: number }

export type RecordsLook = {
  /** Looks at some more. */
  next(): Promise<void>
}

export function createRecordsLook(deps: RepairDeps): RecordsLook {
  const { client, log } = deps
  let after = ''
  /** Of this round: the earliest ledger that was compared, and whether all of it was equal or is mended. */
  let round = { ledger: Number.POSITIVE_INFINITY, equal: true }

  /** Those who ever submitted, or are counted without: a lost submission's record is not forgotten. */
  async function solversBehind(solver: string): Promise<string[]> {
    const { rows } = await client.query(
      `select solver from (
        (select solver from solvers where solver > $1 order by solver limit $2)
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
      const read = await readStored(deps, contract, solvers)
      const equal = await compare(deps, contract, solvers, read)
      if (equal === 'moving') return
      round = { ledger: Math.min(round.ledger, read.first), equal: round.equal && equal === 'equal' }
      after = solvers.at(-1) ?? ''
      if (solvers.length === AT_ONCE) return
      after = ''
      if (round.equal) {
        // A gap that came meanwhile is behind this ledger, and its solvers come again.
        await client.query('update sync set records_verified = least(ledger, $1)', [round.ledger])
      } else log.warn('records_differ', { contract })
      round = { ledger: Number.POSITIVE_INFINITY, equal: true }
    },
  }
}

async function readStored({ chain, signal }: RepairDeps, contract: string, solvers: readonly string[]): Promise<Read> {
  const { chain: recording, recorded } = recordEntries(chain)
  const keys = solvers.map((solver) => recordsStorage.record(contract, solver))
  const counter = recordsStorage.badges(contract)
  const entries = await readEntries(recording, [counter, ...keys], { signal })
  const value = (key: (typeof keys)[number]): unknown => {
    const data = entries.get(key.toXdr('base64'))?.data
    return data?.type === 'contractData' ? scValToNative(data.contractData.val) : undefined
  }
  const stored = new Map<string, Stored>()
  for (const [index, solver] of solvers.entries()) {
    const found = value(keys[index]!)
    if (found) stored.set(solver, found as Stored)
  }
  return {
    stored,
    badges: (value(counter) as number | undefined) ?? 0,
    modified: recorded.modified,
    first: recorded.first,
  }
}

type Compared = 'equal' | 'different' | 'moving'

async function compare(deps: RepairDeps, contract: string, solvers: readonly string[], read: Read): Promise<Compared> {
  const { client } = deps
  const first = await differing(client, solvers, read)
  if (first === 'moving') return 'moving'
  if (first.solvers.length === 0 && first.badges === 0) return 'equal'
  await refetch(deps, contract, first.solvers, first.badges > 0)
  const left = await differing(client, solvers, read)
  if (left === 'moving') return 'moving'
  if (left.solvers.length > 0) await keepLost(client, left.solvers, read)
  // What a lost badge says stays unknown; that it is missing is told.
  return left.badges === 0 ? 'equal' : 'different'
}

type Differing = { solvers: { solver: string; mine: Counts; stored: Stored }[]; badges: number }

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
  if (!state || read.modified > Math.min(state.ledger, read.first) || state.last > read.first) return 'moving'
  const mine = await client.query(
    `select solver, ${COUNTS.map((name) => `${name}::int`).join(', ')} from solver_records where solver = any($1)`,
    [solvers],
  )
  const counted = new Map((mine.rows as (Counts & { solver: string })[]).map((row) => [row.solver, row]))
  const found = [...read.stored].flatMap(([solver, stored]) => {
    const known = counted.get(solver) ?? NOTHING
    return COUNTS.every((name) => known[name] === stored[name]) ? [] : [{ solver, mine: known, stored }]
  })
  return { solvers: found, badges: Math.max(0, read.badges - state.badges) }
}

const NOTHING = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts

/** How many solvers one filter names; RPC takes five rows of topics. */
const SOLVERS_A_FILTER = 5

/** All that anybody has of these solvers joins the archive. */
async function refetch(
  { client, rpcs, signal }: RepairDeps,
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
  for (const { rpc, range } of await ranges(rpcs, signal)) {
    const one = { ...rpcs, url: rpc.url, all: [rpc], request: rpc.request }
    for (const topics of filters) {
      const found: PageEvent[] = []
      let at = { cursor: '', start: range.oldest }
      while (at.cursor !== '' || at.start <= progress.ledger) {
        const page = await askPage({ rpcs: one, contract, signal, topics, failed: giveUp }, at)
        if (page.type === 'gap') {
          at = { cursor: '', start: page.to + 1 }
          continue
        }
        found.push(...page.events.filter(({ ledger }) => ledger <= progress.ledger))
        if (page.through >= Math.min(progress.ledger, page.latestLedger) || page.cursor === at.cursor) break
        at = { cursor: page.cursor, start: 0 }
      }
      await transaction(client, async () => {
        await lockProgress(client)
        await addEvents(client, found)
      })
    }
  }
}

function giveUp(error: Error, failures: number): void {
  if (failures >= 3) throw error
}

/** The contract's entry is right; what of it no event says is kept as lost. */
async function keepLost(
  client: RepairDeps['client'],
  solvers: readonly { solver: string; stored: Stored }[],
  { first }: Read,
): Promise<void> {
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
      if (lost.some((count) => count < 0) || lost.every((count) => count === 0)) continue
      await client.query(
        `insert into lost_folds (solver, ledger, first, last, ${COUNTS.join(', ')})
          values ($1, $2, $3, $4, ${COUNTS.map((_, index) => `$${index + 5}`).join(', ')})`,
        [solver, first, stored.first.toString(), stored.last.toString(), ...lost],
      )
    }
    await client.query('update sync set revision = revision + 1')
    await client.query('select pg_notify($1, $2)', [CHANNEL, 'records'])
  })
}
