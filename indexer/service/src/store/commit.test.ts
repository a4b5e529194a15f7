/** However a history arrives, in whatever pieces and with whatever accidents, the tables end the same. */
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyEvents } from '../project/apply.ts'
import { MissingError } from '../project/world.ts'
import { type Page, readPage } from '../source/page.ts'
import { rebuild } from '../sync/rebuild.ts'
import { FIRST_LEDGER } from '../testing/chain.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import type { RpcEvent } from '../testing/encode.ts'
import { randomHistory } from '../testing/history.ts'
import { createChance } from '../testing/random.ts'
import { type Dump, dumpTables, dumpWorld, withClient } from '../testing/tables.ts'
import { CHANNEL } from './channel.ts'
import { commitPage } from './commit.ts'
import { wrongSums } from './sums.ts'

const history = randomHistory({ challenges: 40, submissions: 80, records: true, seed: 20_261_122 })
const CONTRACTS = [history.contract, history.records, history.recount]
const STRICT = { acceptMissing: false }
const databases: IndexerDatabase[] = []
let whole: Dump

function pageOf(events: readonly RpcEvent[]): Page {
  const cursor = events.at(-1)!.id
  return readPage({ events, cursor, latestLedger: history.ledger() }, ...CONTRACTS)
}

async function fresh(): Promise<IndexerDatabase> {
  const database = await createIndexerDatabase()
  databases.push(database)
  await withClient(database.url, (client) =>
    client.query('insert into sync (network, contract, first_ledger, ledger) values ($1, $2, $3, $3 - 1)', [
      'a network',
      history.contract,
      FIRST_LEDGER,
    ]),
  )
  return database
}

beforeAll(async () => {
  // Without the NUL that no text column takes, as the decoder leaves it.
  const events = history.events.map(({ place, event }) => ({
    place,
    event: event.type === 'oracle_registered' ? { ...event, url: event.url.replace('\0', '\ufffd') } : event,
  }))
  whole = dumpWorld(applyEvents(events))
})

afterAll(async () => {
  for (const database of databases) await database.drop()
})

test('one page with everything gives what the events add up to in memory', async () => {
  const { url } = await fresh()
  await withClient(url, (client) => commitPage(client, pageOf(history.raw), STRICT))
  expect(await dumpTables(url)).toEqual(whole)
  expect(whole.submissions!.length).toBeGreaterThan(1_000)
})

test.each([1, 2, 3])(
  'pages of any size, doubled, out of order inside, repeated, with lost connections (seed %i)',
  async (seed) => {
    const { url } = await fresh()
    const chance = createChance(seed)
    let at = 0
    while (at < history.raw.length) {
      const size = chance.pick([1, 3, 40, 400])
      // A page may begin before where we are, and have events twice.
      const begin = Math.max(0, at - chance.pick([0, 0, 5, 300]))
      const events = history.raw.slice(begin, at + size)
      const shuffled = [...events, ...events.filter(() => chance.yes(0.1))]
      if (chance.yes(0.1)) {
        await withClient(url, async (client) => {
          const writing = commitPage(client, pageOf(events), STRICT).catch(() => {})
          await new Promise((done) => setTimeout(done, chance.int(0, 6)))
          ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
          await writing
        }).catch(() => {})
      }
      await withClient(url, (client) =>
        commitPage(
          client,
          readPage({ events: shuffled, cursor: events.at(-1)!.id, latestLedger: history.ledger() }, ...CONTRACTS),
          STRICT,
        ),
      )
      at += size
    }
    expect(await dumpTables(url)).toEqual(whole)
  },
)

test('rebuild gives the same tables row by row, and the same again', async () => {
  const { url } = await fresh()
  await withClient(url, (client) => commitPage(client, pageOf(history.raw), STRICT))
  const before = await dumpTables(url, true)
  await withClient(url, (client) =>
    client.query(
      'update submissions set paid = 1; delete from votes where number = 2; update earned set amount = amount + 1',
    ),
  )
  // Whoever reads meanwhile sees each challenge as it was or as it is, and none missing.
  const counts = new Set<number>()
  let rebuilding = true
  const reading = withClient(url, async (client) => {
    while (rebuilding) counts.add((await client.query('select count(*)::int as n from challenges')).rows[0].n)
  })
  expect(await withClient(url, (client) => rebuild(client))).toMatchObject({
    events: history.raw.length,
    challenges: 40,
    apart: 0,
  })
  rebuilding = false
  await reading
  expect([...counts]).toEqual([40])
  expect(await dumpTables(url, true)).toEqual(before)
  await withClient(url, expectSums)
})

/** What triggers keep is what the rows add up to. */
async function expectSums(client: Client): Promise<void> {
  expect(await wrongSums(client)).toEqual([])
  const rowsOf = async (sql: string) => (await client.query(sql)).rows
  const days = (source: string, key: string) => `
    select ${key}, sum(submissions)::text as submissions, sum(verdicts)::text as verdicts, sum(votes)::text as votes,
      sum(payments)::text as payments, sum(paid)::text as paid from (${source}) d group by ${key} having sum(submissions) + sum(verdicts)
      + sum(votes) + sum(payments) > 0 order by ${key}`
  const events = `
    select challenge, submitted_at / 86400 as day, 1 as submissions, 0 as verdicts, 0 as votes, 0 as payments, 0 as paid from submissions
    union all select challenge, verdict_at / 86400, 0, 1, 0, 0, 0 from submissions where verdict_at > 0
    union all select challenge, at / 86400, 0, 0, 1, 0, 0 from votes
    union all select challenge, at / 86400, 0, 0, 0, 1, prize + pay from payments where prize + pay > 0
    union all select challenge, at / 86400, 0, 0, 0, 1, amount from claims`
  const kept = 'select * from daily'
  const key = 'challenge::int, day::int'
  expect(await rowsOf(days(kept, key))).toEqual(await rowsOf(days(events, key)))
  const counts = 'sum(submissions)::text, sum(verdicts)::text, sum(votes)::text, sum(payments)::text'
  expect(await rowsOf(`select ${counts} from daily_totals`)).toEqual(await rowsOf(`select ${counts} from daily`))
  expect(await rowsOf('select sum(paid)::text from daily_paid')).toEqual(
    await rowsOf('select sum(paid)::text from daily'),
  )
  expect(await rowsOf('select sum(challenges)::int as n from daily_totals')).toEqual([{ n: 40 }])
  expect(
    await rowsOf(
      'select maker, challenges::int, cancelled::int, decided::int, undecided::int, unopened::int from makers order by maker',
    ),
  ).toEqual(
    await rowsOf(`select maker, count(*)::int as challenges, count(*) filter (where cancelled)::int as cancelled,
      count(*) filter (where folded = 'decided')::int as decided, count(*) filter (where folded = 'undecided')::int as undecided,
      count(*) filter (where unopened and not opened)::int as unopened from challenges group by maker order by maker`),
  )
  const counted = ['votes', 'unavailable', 'agreed', 'disagreed', 'missing', 'open', 'folded_votes', 'folded_agreed']
  const sums = counted.map((column) => `sum(${column})::int as ${column}`).join(', ')
  expect(
    await rowsOf(
      `select address, accepted::int, folded::int, ${counted.map((one) => `${one}::int`).join(', ')} from oracle_sums order by address`,
    ),
  ).toEqual(
    await rowsOf(`select address, count(*) filter (where key_version > 0)::int as accepted, count(*) filter (where folded)::int as folded,
      ${sums} from challenge_oracles group by address order by address`),
  )
  const records = await rowsOf(
    'select solver, submissions::int, scored::int, wins::int from solver_records order by solver',
  )
  expect(records.length).toBeGreaterThan(5)
  expect(records).toEqual(
    await rowsOf(`select solver, count(*)::int as submissions, count(*) filter (where verdict = 'scored')::int as scored,
      count(*) filter (where prize > 0)::int as wins from folds group by solver order by solver`),
  )
}

test('money is conserved: what came in is what the contract holds and what went out', async () => {
  const { url } = await fresh()
  await withClient(url, (client) => commitPage(client, pageOf(history.raw), STRICT))
  const { rows } = await withClient(url, (client) =>
    client.query(`select c.id, c.escrow + c.reserved + c.prizes_due + c.budget + c.held_fees + c.ranking_fees + c.deposits
        + c.carried + c.owed + c.earned
        + (select sum(fees_earned) from challenge_oracles o where o.challenge = c.id)
        + coalesce((select sum(prize + pay + back) from payments p where p.challenge = c.id), 0) + c.refunded as left,
      least(c.escrow, c.reserved, c.prizes_due, c.budget, c.held_fees, c.ranking_fees, c.deposits, c.carried, c.owed,
        c.earned - c.claimed) as smallest from challenges c`),
  )
  const paidIn = new Map<number, bigint>()
  for (const { event } of history.events) {
    const sum =
      event.type === 'challenge_created'
        ? event.prize + event.feeBudget
        : event.type === 'topped_up'
          ? event.escrow + event.fees
          : event.type === 'submitted'
            ? event.deposit + event.carried
            : 0n
    if ('challenge' in event) paidIn.set(event.challenge, (paidIn.get(event.challenge) ?? 0n) + sum)
  }
  expect(rows.length).toBe(40)
  for (const row of rows) {
    expect(BigInt(row.left), `challenge ${row.id}`).toBe(paidIn.get(Number(row.id)))
    expect(BigInt(row.smallest), `challenge ${row.id}`).toBeGreaterThanOrEqual(0n)
  }
})

test('a page with a hole is refused whole; believed, it sets that challenge apart and no other', async () => {
  const { url } = await fresh()
  const missing = history.events.findIndex(({ event }) => event.type === 'submitted' && event.challenge === 3)
  const events = history.raw.filter((_, index) => index !== missing)
  await withClient(url, async (client) => {
    await expect(commitPage(client, pageOf(events), STRICT)).rejects.toThrow(MissingError)
    expect((await client.query('select count(*)::int as n from events')).rows).toEqual([{ n: 0 }])
    await commitPage(client, pageOf(events), { acceptMissing: true })
    expect((await client.query('select challenge from incomplete')).rows).toEqual([{ challenge: '3' }])
  })
  const others = (rows: string[]) => rows.filter((row) => !row.startsWith('3|'))
  const found = await dumpTables(url)
  expect(others(found.submissions!)).toEqual(others(whole.submissions!))
  expect(others(found.challenges!)).toEqual(others(whole.challenges!))
})

test('pages without events move on, never back, and tell of each new ledger once', async () => {
  const { url } = await fresh()
  await withClient(url, async (client) => {
    const told: string[] = []
    client.on('notification', ({ payload }) => told.push(payload ?? ''))
    await client.query(`listen ${CHANNEL}`)
    await commitPage(client, pageOf(history.raw), STRICT)
    const { ledger, lastEvent, cursor } = await commitPage(client, pageOf(history.raw), STRICT)
    const empty = (through: number, at: string, throughClosedAt: number): Page => ({
      ...{ type: 'page', events: [], cursor: at, through, throughClosedAt, latestLedger: through },
    })
    const row = async () =>
      (await client.query('select cursor, last_event, ledger, ledger_closed_at::int as closed from sync')).rows[0]
    const beyond = `9${cursor.slice(1)}`
    expect(await commitPage(client, empty(ledger + 3, beyond, 2_000_000_000), STRICT)).toEqual({
      ...{ ledger: ledger + 3, cursor: beyond, lastEvent, apart: new Set() },
    })
    const moved = { cursor: beyond, last_event: lastEvent, ledger: ledger + 3, closed: 2_000_000_000 }
    expect(await row()).toEqual(moved)
    for (const again of [empty(ledger + 3, beyond, 2_000_000_009), empty(ledger, cursor, 1_900_000_000)])
      await commitPage(client, again, STRICT)
    expect(await row()).toEqual(moved)
    expect(told).toEqual([String(ledger), String(ledger + 3)])
  })
  expect(await dumpTables(url)).toEqual(whole)
})
