/** What one account did, kept instead of counted: a solver may have thousands of submissions, a labeler thousands of claims. */
import { type Kysely, sql } from 'kysely'
import { dropSums, keepSums, type Sums } from './sums.ts'

const SOLVER = { into: 'solver_sums', key: ['solver'], sums: ['submissions', 'batches', 'wins'] }
const EARNED = { into: 'earned', key: ['account', 'token'], sums: ['payments', 'amount'] }

export const SUMS: Sums[] = [
  {
    ...{ name: 'keep_solvers_of_submissions', of: 'submissions', ...SOLVER },
    // Units are declared where they are paid, and only there.
    parts: [
      { values: { solver: 'r.solver', submissions: '1', batches: '(r.units > 0 and r.accepted_units > 0)::int' } },
    ],
  },
  {
    ...{ name: 'keep_solvers_of_places', of: 'places', ...SOLVER },
    parts: [{ values: { solver: 'r.solver', wins: '1' }, where: 'r.due_from = 0' }],
  },
  {
    ...{ name: 'keep_earned_of_payments', of: 'payments', ...EARNED },
    parts: [
      {
        values: { account: 'r.solver', token: 'r.token', payments: '1', amount: 'r.prize + r.pay' },
        where: 'r.prize + r.pay > 0',
      },
    ],
  },
  {
    ...{ name: 'keep_earned_of_claims', of: 'claims', ...EARNED },
    parts: [{ values: { account: 'r.labeler', token: 'r.token', payments: '1', amount: 'r.amount' } }],
  },
  {
    ...{ name: 'keep_labelers', of: 'claims', into: 'labeler_sums', key: ['labeler', 'challenge', 'token'] },
    sums: ['claims', 'amount'],
    parts: [
      {
        values: {
          ...{ labeler: 'r.labeler', challenge: 'r.challenge', token: 'r.token' },
          ...{ claims: '1', amount: 'r.amount' },
        },
      },
    ],
    last: { column: 'last', value: 'r.event_id' },
  },
]

/** As `placesOf` (project/lists.ts) writes it: what calls have set aside, and what the end will if nothing else comes. */
export const FILL_DUE = `
  update places p set due_from = case
    when c.rule = 'bounty' then case
      when p.place < c.due then 0
      when p.place < c.max_winners - case when c.ended_at > 0 then c.kept else c.decided end then coalesce(c.judge_by, c.grade_by) end
    when c.rule = 'ranked' and c.placed is not null then
      case when p.list = case when c.placed = 'running_table' then 'board' else 'ranking' end then 0 end
    when c.rule = 'ranked' and p.list = 'ranking' and c.judge_ranked
      or c.rule = 'ranked' and p.list = 'board' and not c.judge_ranked and c.decided = 0 then coalesce(c.judge_by, c.grade_by)
    end
  from challenges c where c.id = p.challenge`

const UP = [
  'alter table places add column due_from bigint',
  FILL_DUE,
  // Wins that the clock has brought and no call has written yet, or will.
  'create index places_due_later on places (solver, due_from) where due_from > 0',
  `create table solver_sums (solver text primary key, submissions bigint not null default 0, batches bigint not null default 0,
    wins bigint not null default 0)`,
  `create table earned (account text not null, token text not null, payments bigint not null default 0,
    amount numeric(39,0) not null default 0, primary key (account, token))`,
  `create table labeler_sums (labeler text not null, challenge bigint not null, token text not null, claims bigint not null default 0,
    amount numeric(39,0) not null default 0, last text collate "C" not null default '', primary key (labeler, challenge, token))`,
  'create index labeler_sums_by_last on labeler_sums (labeler, last)',

  // Whoever has a row there ever submitted: no list of its own is needed to count them.
  'drop trigger submissions_solvers on submissions',
  'drop trigger submissions_no_solvers on submissions',
  'drop function note_solvers(), forget_solvers()',
  'drop table solvers',
  ...SUMS.flatMap(keepSums),
  'update sync set solvers = (select count(*) from solver_sums)',
  `create function count_solvers() returns trigger language plpgsql as $$
    declare found bigint;
    begin
      select count(*) into found from fresh;
      if found > 0 then update sync set solvers = solvers + found; end if;
      return null;
    end $$`,
  `create trigger solvers_counted after insert on solver_sums
    referencing new table as fresh for each statement execute function count_solvers()`,
]

const DOWN = [
  ...SUMS.flatMap(dropSums),
  'drop table solver_sums, earned, labeler_sums',
  'drop function count_solvers()',
  'alter table places drop column due_from',
  'create table solvers (solver text primary key)',
  `create function note_solvers() returns trigger language plpgsql as $$
    declare found bigint;
    begin
      with made as (
        insert into solvers select distinct solver from fresh on conflict do nothing returning 1
      ) select count(*) into found from made;
      if found > 0 then update sync set solvers = solvers + found; end if;
      return null;
    end $$`,
  `create trigger submissions_solvers after insert on submissions
    referencing new table as fresh for each statement execute function note_solvers()`,
  `create function forget_solvers() returns trigger language plpgsql as $$
    begin
      truncate solvers;
      update sync set solvers = 0;
      return null;
    end $$`,
  'create trigger submissions_no_solvers after truncate on submissions for each statement execute function forget_solvers()',
  'insert into solvers select distinct solver from submissions',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
