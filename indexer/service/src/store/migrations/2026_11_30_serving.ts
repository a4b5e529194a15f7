/** What the API reads by: an index for each order of a list, decoded events, counts that are kept instead of counted, search that forgives. */
import { type Kysely, sql } from 'kysely'

const UP = [
  // Authenticates page tokens; made here, so that all processes over one database have the same.
  `alter table sync add column cursor_key text not null
    default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`,
  // As the API gives it, JSON. Null: not decoded when it was written.
  'alter table events add column data text',
  'drop index events_by_rare_type',
  'create index events_by_type on events (type, id)',
  // Challenges that the clock moves on.
  `create index challenges_running on challenges (deadline, id)
    where not cancelled and accepted >= seats and ended_at = 0`,
  'create index challenges_waiting on challenges (id) where not cancelled and accepted < seats',
  'create index challenges_cancelled on challenges (id) where cancelled',
  'create index challenges_ended on challenges (id) where not cancelled and ended_at > 0',
  'create index submissions_by_time on submissions (submitted_at, challenge, number)',
  'create index submissions_by_solver_and_time on submissions (solver, submitted_at, challenge, number)',
  // The best first, ties to the earlier one; a solver's best by its own.
  "create index submissions_highest on submissions (challenge, score, (-number)) where status = 'scored'",
  "create index submissions_lowest on submissions (challenge, score, number) where status = 'scored'",
  "create index submissions_of_solver on submissions (challenge, solver, score, number) where status = 'scored'",
  'create index submissions_held on submissions (submitted_at, challenge, number) where flags & 8 <> 0',
  'create index submissions_paid_units on submissions (solver) where accepted_units > 0',
  'create index votes_by_event on votes (event_id, number)',
  'create index payments_by_event on payments (event_id, number)',
  'drop index payments_by_solver',
  'create index payments_by_solver on payments (solver, event_id, number)',
  'create index payments_by_solver_and_challenge on payments (solver, challenge)',
  'create index claims_by_event on claims (event_id)',
  'create index claims_by_labeler_and_event on claims (labeler, event_id)',
  'create index rankings_by_event on rankings (event_id)',

  // Everybody who ever submitted, and how many: kept by whoever writes submissions, for counting them reads them all.
  'create table solvers (solver text primary key)',
  'alter table sync add column solvers bigint not null default 0',
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
  'update sync set solvers = (select count(*) from solvers)',

  `create function manifest_text(title text, tags text[], summary text) returns text immutable language sql as
    $$ select lower(coalesce(title, '') || ' ' || coalesce(array_to_string(tags, ' '), '') || ' ' || coalesce(summary, '')) $$`,
  'alter table manifests add column search text generated always as (manifest_text(title, tags, summary)) stored',
  `update manifests set words = setweight(to_tsvector('simple', coalesce(title, '')), 'A')
      || setweight(to_tsvector('simple', coalesce(array_to_string(tags, ' '), '')), 'B')
      || setweight(to_tsvector('simple', coalesce(summary, '')), 'C')
    where state = 'known'`,
  // Comes with PostgreSQL; where an operator's has none, searches find what is spelled right.
  `do $$ begin
    create extension if not exists pg_trgm;
    create index manifests_by_trigram on manifests using gin (search gin_trgm_ops);
  exception when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'pg_trgm is not available: searches do not forgive spelling';
  end $$`,
]

const DOWN = [
  'drop index if exists manifests_by_trigram',
  'alter table manifests drop column search',
  'drop function manifest_text(text, text[], text)',
  'drop trigger submissions_solvers on submissions',
  'drop trigger submissions_no_solvers on submissions',
  'drop function note_solvers(), forget_solvers()',
  'drop table solvers',
  `drop index events_by_type, challenges_running, challenges_waiting, challenges_cancelled, challenges_ended, submissions_by_time,
    submissions_by_solver_and_time, submissions_highest, submissions_lowest, submissions_of_solver, submissions_paid_units, submissions_held,
    votes_by_event, payments_by_event, payments_by_solver, payments_by_solver_and_challenge, claims_by_event,
    claims_by_labeler_and_event, rankings_by_event`,
  'create index payments_by_solver on payments (solver, token)',
  `create index events_by_rare_type on events (type, id)
    where type not in ('submitted', 'scored', 'settled', 'payment_released', 'earnings_claimed')`,
  'alter table events drop column data',
  'alter table sync drop column cursor_key, drop column solvers',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
