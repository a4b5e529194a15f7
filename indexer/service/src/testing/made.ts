/**
 * Made rows, many of them, for plans and benchmarks: copies of the rows of a told story with other keys. They are what pages read,
 * not what a contract would allow; what projections make of events is tested elsewhere.
 */
import { until } from '@stellartrain/contracts-client/testing/until'
import type { ClientBase } from 'pg'
import { makePartitions, NOTE_ALL_PARTS, SPAN } from '../store/partitions.ts'

export type MadeOptions = {
  /** Told challenges are left as they are; these come behind them. */
  challenges: number
  /** In each of them. */
  submissions: number
  /** Different solvers in each; their attempts follow each other. */
  solvers: number
  /** Challenges of long ago beside them, without submissions: every other one over, every other one never accepted. */
  old?: number
  /** Partitions of the archive behind the others, with one event of yet another challenge each. */
  parts?: number
}

/** Who has a submission, a prize, a payment, a claim, a record and a badge of each old challenge, and no other. */
export const BUSY = `G${'B'.repeat(55)}`

/** The first made challenge; those before it are told. */
export const FIRST_MADE = 1_000

/** As Stellar writes addresses, as far as a pattern can tell. */
const SOLVER = `'G' || rpad(translate(upper(md5('solver ' || SEED)), '0189', 'WXYZ'), 55, 'A')`
const EVENT = `lpad(((10000 + LEDGER)::bigint << 32 | 1)::text, 19, '0') || '-' || lpad(INDEX::text, 10, '0')`

const solver = (seed: string) => SOLVER.replace('SEED', seed)
const event = (ledger: string, index: string) => EVENT.replace('LEDGER', ledger).replace('INDEX', index)

/** After `tellStory`. */
export async function makeRows(
  client: ClientBase,
  { challenges, submissions, solvers, old = 0, parts = 0 }: MadeOptions,
): Promise<void> {
  const first = FIRST_MADE
  const last = first + challenges - 1
  const made = `generate_series(${first}, ${last})`
  const numbers = `generate_series(1, ${submissions}) n`
  // Challenge 3 of the story: everything in it is graded, and nobody won.
  await copies(client, 'challenges', {
    of: 'id = 3',
    over: `${made} g`,
    change: `jsonb_build_object('id', g, 'maker', ${solver("'maker' || g % 50")}, 'deadline', t.deadline + (g::bigint * 7919 % 100000) - 50000,
      'prize', (g::bigint * 7919 % 1000 + 1) * 10000000, 'direction', case when g % 2 = 0 then 'maximize' else 'minimize' end,
      'submitted', ${submissions}, 'concluded', ${submissions}, 'scored', ${submissions}, 'solvers', ${solvers})`,
  })
  await copies(client, 'challenge_oracles', {
    of: 'challenge = 3',
    over: `${made} g`,
    change: `jsonb_build_object('challenge', g)`,
  })
  await copies(client, 'submissions', {
    of: 'challenge = 3 and number = 1',
    over: `${made} c, ${numbers}`,
    change: `jsonb_build_object('challenge', c, 'number', n, 'solver', ${solver(`n % ${solvers}`)}, 'attempt', n / ${solvers} + 1,
      'score', (n * 7919::bigint % 1000003) * 10, 'submitted_at', t.submitted_at + n + c, 'content_hash', md5(c || ' ' || n) || md5('x' || n))`,
  })
  await copies(client, 'votes', {
    of: 'challenge = 3 and number = 1',
    over: `${made} c, ${numbers}`,
    change: `jsonb_build_object('challenge', c, 'number', n, 'event_id', ${event(`(n / 20) * ${challenges} + c`, '0')})`,
  })
  await copies(client, 'payments', {
    of: 'challenge = 1 and number = 1',
    over: `${made} c, generate_series(4, ${submissions}, 4) n`,
    change: `jsonb_build_object('challenge', c, 'number', n, 'solver', ${solver(`n % ${solvers}`)},
      'event_id', ${event(`(n / 20) * ${challenges} + c`, '0')})`,
  })
  await copies(client, 'events', {
    of: "type = 'submitted' limit 1",
    over: `${made} c, ${numbers}`,
    change: `jsonb_build_object('id', ${event(`n * ${challenges} + c`, '1')}, 'challenge', c, 'ledger', 10000 + n * ${challenges} + c)`,
  })
  await makeParts(client, parts)
  await client.query(NOTE_ALL_PARTS)
  await makeOld(client, last + 1, last + old)
  await client.query(`insert into folds select challenge, number, solver, attempt, 'scored', score, number % 4 * 10, (select contract from sync),
      ${event(`number * ${challenges} + challenge`, '2')}, submitted_at, 10000, submit_tx
    from submissions where challenge between ${first} and ${last}`)
  await client.query(`insert into badges select row_number() over (order by event_id), challenge, number, solver, attempt, score, prize, token,
      event_id, at, ledger, tx from folds where prize > 0`)
  await client.query(`insert into best_scores select challenge, ${event(`number * ${challenges} + challenge`, '3')}, number, solver, score,
      submitted_at, submit_tx from submissions where challenge between ${first} and ${last}`)
  // Something in each of many days.
  await client.query(`insert into daily (challenge, day, submissions) select c, d, 1
    from generate_series(${first}, ${last}) c, generate_series(1, ${submissions}) d on conflict do nothing`)
  await client.query(
    `insert into daily_totals (day, submissions) select d, 1 from generate_series(1, ${submissions}) d on conflict do nothing`,
  )
  await client.query(`insert into daily_paid (token, day, payments, paid) select left(t.token, 55) || substr('ABC', a, 1), d, 1, 10000000
    from (select token from challenges limit 1) t, generate_series(1, 3) a, generate_series(1, ${submissions}) d on conflict do nothing`)
  await client.query(
    'update sync set records = coalesce(records, contract), records_since = 1, records_verified = ledger',
  )
  await client.query(`insert into manifests (cid, state, title, summary, tags, kind, license, metric, baseline, words)
    select 'made' || g, 'known', 'Penguins of island ' || g, md5(g::text), array['birds', 'tag' || g % 100], 'competition', 'CC0-1.0',
      'accuracy', 0.5, setweight(to_tsvector('simple', 'Penguins of island ' || g), 'A')
    from generate_series(${first}, ${last + old}) g`)
  await client.query(`update challenges set manifest = 'made' || id where id >= ${first}`)
  await client.query('update sync set events = (select count(*) from events)')
  await vacuumed(client)
}

type Copies = {
  /** Which rows of the table are copied: what follows its `where`. As `t` they are known to `change`. */
  of: string
  /** How often: rows of other names, such as a series. */
  over: string
  /** JSON of the columns that a copy has otherwise. */
  change: string
}

/** Each copy is made in the `from` list, once: as `(jsonb_populate_record(…)).*` it would be made again for each of its columns. */
async function copies(client: ClientBase, table: string, { of, over, change }: Copies): Promise<void> {
  await client.query(
    `insert into ${table} select copy.* from (select * from ${table} where ${of}) t, ${over},
      jsonb_populate_record(null::${table}, to_jsonb(t) || ${change}) copy`,
  )
}

/**
 * Until each page is known to be visible to everyone, on which it depends what an index alone can answer: a snapshot that somebody holds
 * meanwhile, such as autovacuum while it analyzes a table, keeps pages from it.
 */
async function vacuumed(client: ClientBase): Promise<void> {
  const hidden = `select count(*)::int as pages from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relallvisible < relpages`
  await until(
    async () => {
      await client.query('vacuum analyze')
      return (await client.query(hidden)).rows[0].pages === 0
    },
    { what: 'every page to be visible to all' },
  )
}

async function makeParts(client: ClientBase, parts: number): Promise<void> {
  const ledgers = Array.from({ length: parts }, (_, index) => (index + 1) * SPAN + 1)
  await makePartitions(client, ledgers)
  await copies(client, 'events', {
    of: "type = 'submitted' order by id limit 1",
    over: `unnest('{${ledgers.join()}}'::int[]) l`,
    change: `jsonb_build_object('id', ${event('l - 10000', '1')}, 'challenge', 1000000000 + l, 'ledger', l)`,
  })
}

const YEAR = 31_536_000

async function makeOld(client: ClientBase, first: number, last: number): Promise<void> {
  if (last < first) return
  const one = (table: string, of: string, change: string) =>
    copies(client, table, {
      of: `${of} order by 1, 2 limit 1`,
      over: `generate_series(${first}, ${last}) g`,
      change: `jsonb_build_object(${change})`,
    })
  const past = ['opens', 'accept_by', 'deadline', 'grade_by', 'created_at'].map(
    (at) => `'${at}', t.${at} - ${YEAR} + g`,
  )
  await one(
    'challenges',
    'id = 3',
    `'id', g, ${past.join(', ')}, 'maker', ${solver("'maker' || g % 50")}, 'accepted', g % 2 * t.seats, 'prize', (g::bigint * 7919 % 1000 + 1) * 10000000,
      'submitted', 1, 'solvers', 1`,
  )
  await one('challenge_oracles', 'challenge = 3', `'challenge', g, 'address', ${solver("'oracle' || g % 50")}`)
  const busy = `'challenge', g, 'number', 1, 'solver', '${BUSY}'`
  await one(
    'submissions',
    'challenge = 3 and number = 1',
    `${busy}, 'attempt', 1, 'submitted_at', t.submitted_at - ${YEAR} + g`,
  )
  await one('payments', 'challenge = 1', `${busy}, 'event_id', ${event('g', '4')}`)
  await one('places', 'challenge = 1', `${busy}, 'due_from', g % 2`)
  await client.query(`insert into claims select ${event('g', '5')}, g, '${BUSY}', token, 1, 10, 10, created_at, created_tx
    from challenges, generate_series(${first}, ${last}) g where id = 1`)
  await client.query(`insert into folds select g, 1, '${BUSY}', 1, 'scored', 9000000, 10, token, ${event('g', '6')}, created_at, created_ledger, created_tx
    from challenges, generate_series(${first}, ${last}) g where id = 1`)
}
