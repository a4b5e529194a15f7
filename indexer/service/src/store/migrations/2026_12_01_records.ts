/** The contract of records and badges, how scores rose, and sums that lists and plots read: by maker, by solver, by day. */
import { type Kysely, sql } from 'kysely'
import { dropSums, keepSums, type Sums } from './sums.ts'

const COUNTS = ['submissions', 'scored', 'rejected', 'unavailable', 'unsettled', 'void', 'wins'] as const
const VERDICTS = ['scored', 'rejected', 'unavailable', 'void'] as const

const day = (at: string) => `(r.${at} / 86400)::int`

/** The day of each thing that happens; 0 is a time that nobody knows. */
const HAPPENED: { of: string; at: string; counts: Record<string, string>; where?: string; money?: boolean }[] = [
  { of: 'votes', at: 'at', counts: { votes: '1' } },
  { of: 'payments', at: 'at', counts: { payments: '1', paid: 'r.prize + r.pay' }, where: 'r.prize + r.pay > 0' },
  { of: 'claims', at: 'at', counts: { payments: '1', paid: 'r.amount' } },
]

const DAILY = ['submissions', 'verdicts', 'votes', 'payments', 'paid']
const TOTALS = ['challenges', 'submissions', 'verdicts', 'votes', 'payments']

export const SUMS: Sums[] = [
  {
    ...{ name: 'keep_makers', of: 'challenges', into: 'makers', key: ['maker'] },
    sums: ['challenges', 'cancelled', 'decided', 'undecided', 'unopened'],
    parts: [
      {
        values: {
          ...{ maker: 'r.maker', challenges: '1', cancelled: 'r.cancelled::int' },
          decided: "coalesce(r.folded = 'decided', false)::int",
          undecided: "coalesce(r.folded = 'undecided', false)::int",
          unopened: '(r.unopened and not r.opened)::int',
        },
      },
    ],
  },
  ...['folds', 'lost_folds'].map((of) => ({
    ...{ name: `keep_records_of_${of}`, of, into: 'solver_records', key: ['solver'], sums: COUNTS },
    parts: [
      {
        values: {
          solver: 'r.solver',
          ...(of === 'folds'
            ? {
                ...{ submissions: '1', wins: '(r.prize > 0)::int' },
                unsettled: `(r.verdict not in (${VERDICTS.map((one) => `'${one}'`).join(', ')}))::int`,
                ...Object.fromEntries(VERDICTS.map((one) => [one, `(r.verdict = '${one}')::int`])),
              }
            : Object.fromEntries(COUNTS.map((one) => [one, `r.${one}`]))),
        },
      },
    ],
  })),
  {
    ...{ name: 'keep_days_of_submissions', of: 'submissions', into: 'daily', key: ['challenge', 'day'], sums: DAILY },
    parts: [
      { values: { challenge: 'r.challenge', day: day('submitted_at'), submissions: '1' }, where: 'r.submitted_at > 0' },
      { values: { challenge: 'r.challenge', day: day('verdict_at'), verdicts: '1' }, where: 'r.verdict_at > 0' },
    ],
  },
  {
    ...{ name: 'keep_totals_of_submissions', of: 'submissions', into: 'daily_totals', key: ['day'], sums: TOTALS },
    parts: [
      { values: { day: day('submitted_at'), submissions: '1' }, where: 'r.submitted_at > 0' },
      { values: { day: day('verdict_at'), verdicts: '1' }, where: 'r.verdict_at > 0' },
    ],
  },
  {
    ...{ name: 'keep_totals_of_challenges', of: 'challenges', into: 'daily_totals', key: ['day'], sums: TOTALS },
    parts: [{ values: { day: day('created_at'), challenges: '1' }, where: 'r.created_at > 0' }],
  },
  ...HAPPENED.flatMap(({ of, at, counts, where = 'true' }): Sums[] => {
    const known = `r.${at} > 0 and ${where}`
    return [
      {
        ...{ name: `keep_days_of_${of}`, of, into: 'daily', key: ['challenge', 'day'], sums: DAILY },
        parts: [{ values: { challenge: 'r.challenge', day: day(at), ...counts }, where: known }],
      },
      {
        ...{ name: `keep_totals_of_${of}`, of, into: 'daily_totals', key: ['day'], sums: TOTALS },
        parts: [{ values: { day: day(at), ...counts }, where: known }],
      },
    ]
  }),
  ...HAPPENED.filter(({ counts }) => 'paid' in counts).map(({ of, at, counts, where = 'true' }): Sums => {
    return {
      ...{ name: `keep_paid_of_${of}`, of, into: 'daily_paid', key: ['token', 'day'], sums: ['payments', 'paid'] },
      parts: [{ values: { token: 'r.token', day: day(at), ...counts }, where: `r.${at} > 0 and ${where}` }],
    }
  }),
]

const counts = (names: readonly string[]) => names.map((name) => `${name} bigint not null default 0`).join(', ')

const UP = [
  // Null: no records contract is followed. From which ledger on its events are here, and when they were compared with its storage.
  'alter table sync add column records text, add column records_since int, add column records_verified int',
  `create table folds (
    challenge bigint not null,
    number bigint not null,
    solver text not null,
    attempt bigint not null,
    verdict text not null,
    score bigint not null,
    prize numeric(39,0) not null,
    token text not null,
    event_id text collate "C" not null,
    at bigint not null,
    ledger int not null,
    tx text not null,
    primary key (challenge, number)
  )`,
  'create index folds_by_event on folds (event_id)',
  'create index folds_by_solver on folds (solver, event_id)',
  `create table badges (
    id bigint primary key,
    challenge bigint not null,
    number bigint not null,
    solver text not null,
    attempt bigint not null,
    score bigint not null,
    prize numeric(39,0) not null,
    token text not null,
    event_id text collate "C" not null,
    at bigint not null,
    ledger int not null,
    tx text not null
  )`,
  'create index badges_by_solver on badges (solver, id)',
  'create index badges_by_challenge on badges (challenge, id)',
  // A burn names the badge alone.
  `create table burns (
    badge bigint primary key,
    owner text not null,
    event_id text collate "C" not null,
    at bigint not null,
    ledger int not null,
    tx text not null
  )`,
  // What a solver's record counts and no event here says: the events are lost, the contract's entry is right.
  `create table lost_folds (solver text primary key, ledger int not null, ${counts(COUNTS)},
    first bigint not null default 0, last bigint not null default 0)`,
  `create table solver_records (solver text primary key, ${counts(COUNTS)})`,
  'create index solver_records_by_wins on solver_records (wins, solver)',
  'create index solver_records_by_submissions on solver_records (submissions, solver)',
  `create table makers (maker text primary key, ${counts(['challenges', 'cancelled', 'decided', 'undecided', 'unopened'])})`,
  'create index makers_by_challenges on makers (challenges, maker)',
  `create table daily (challenge bigint not null, day int not null, ${counts(DAILY.slice(0, -1))},
    paid numeric(39,0) not null default 0, primary key (challenge, day))`,
  `create table daily_totals (day int primary key, ${counts(TOTALS)})`,
  `create table daily_paid (token text not null, day int not null, payments bigint not null default 0,
    paid numeric(39,0) not null default 0, primary key (token, day))`,
  'create index daily_paid_by_day on daily_paid (day, token)',
  ...SUMS.flatMap(keepSums),
  // Each score that was better than all before it.
  `create table best_scores (
    challenge bigint not null,
    event_id text collate "C" not null,
    number bigint not null,
    solver text not null,
    score bigint not null,
    at bigint not null,
    tx text not null,
    primary key (challenge, event_id, number)
  )`,
  // Of what is here already, by ledger and number: `rebuild` puts those of one ledger into the order of its events.
  `insert into best_scores
    select challenge, lpad((verdict_ledger::bigint << 32)::text, 19, '0') || '-' || lpad(number::text, 10, '0'), number, solver, score,
      verdict_at, verdict_tx
    from (
      select s.*, case when c.direction = 'maximize' then 1 else -1 end * s.score as good,
        max(case when c.direction = 'maximize' then 1 else -1 end * s.score) over (partition by s.challenge
          order by s.verdict_ledger, s.number rows between unbounded preceding and 1 preceding) as before
      from submissions s join challenges c on c.id = s.challenge where s.status = 'scored'
    ) s where before is null or good > before`,
]

const TABLES = [
  ...['folds', 'badges', 'burns', 'lost_folds', 'solver_records', 'makers', 'daily', 'daily_totals', 'daily_paid'],
  'best_scores',
]

const DOWN = [
  ...SUMS.flatMap(dropSums),
  `drop table ${TABLES.join(', ')}`,
  'alter table sync drop column records, drop column records_since, drop column records_verified',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
