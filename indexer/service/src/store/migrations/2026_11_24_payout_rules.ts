/** All payout rules: what each promises, boards with places, rankings, epochs of earnings and their claims. */
import { type Kysely, sql } from 'kysely'

const UP = [
  `alter table challenges
    add column rule text not null default 'bounty',
    add column prizes json not null default '[]',
    add column rate numeric(39,0) not null default 0,
    add column max_units bigint not null default 0,
    add column unsettled bigint not null default 0,
    add column ranking text not null default 'open',
    add column epochs int not null default 0,
    add column earned numeric(39,0) not null default 0,
    add column claimed numeric(39,0) not null default 0`,
  `update challenges c set unsettled =
    (select count(*) from submissions s where s.challenge = c.id and s.verdict = 'unsettled' and s.number <= c.finalized)`,
  // Places are counted from 0.
  `create table boards (
    challenge bigint not null,
    place int not null,
    solver text not null,
    attempt bigint not null,
    number bigint not null,
    score bigint not null,
    primary key (challenge, place)
  )`,
  `insert into boards select challenge, row_number() over (partition by challenge order by number) - 1, solver, attempt, number, score
    from submissions where prize > 0`,
  `create table rankings (
    challenge bigint not null,
    oracle int not null,
    event_id text collate "C" not null,
    report text not null,
    rows json not null,
    quorum boolean not null,
    at bigint not null,
    ledger int not null,
    tx text not null,
    primary key (challenge, oracle)
  )`,
  `create table epoch_votes (
    challenge bigint not null,
    epoch bigint not null,
    round int not null,
    oracle int not null,
    event_id text collate "C" not null,
    root text not null,
    total numeric(39,0) not null,
    report text not null,
    quorum boolean not null,
    fees numeric(39,0) not null,
    at bigint not null,
    ledger int not null,
    tx text not null,
    primary key (challenge, epoch, round, oracle)
  )`,
  `create table claims (
    event_id text collate "C" not null,
    challenge bigint not null,
    labeler text not null,
    token text not null,
    epoch bigint not null,
    amount numeric(39,0) not null,
    cumulative numeric(39,0) not null,
    at bigint not null,
    tx text not null,
    primary key (challenge, event_id)
  )`,
  'create index claims_by_labeler on claims (labeler, challenge, event_id)',
  // As before, without what a challenge paid by earnings has as many of as others have submissions.
  'drop index events_by_rare_type',
  `create index events_by_rare_type on events (type, id)
    where type not in ('submitted', 'scored', 'settled', 'payment_released', 'earnings_claimed')`,
]

const DOWN = [
  'drop index events_by_rare_type',
  `create index events_by_rare_type on events (type, id)
    where type not in ('submitted', 'scored', 'settled', 'payment_released')`,
  'drop table boards, rankings, epoch_votes, claims',
  `alter table challenges drop column rule, drop column prizes, drop column rate, drop column max_units,
    drop column unsettled, drop column ranking, drop column epochs, drop column earned, drop column claimed`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
