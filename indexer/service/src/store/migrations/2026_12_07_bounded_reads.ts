/** Indexes and sums by which an answer reads no more of a long history than of a short one. */
import { type Kysely, sql } from 'kysely'
import { dropSums, keepSums, type Sums } from './sums.ts'

export const SUMS: Sums[] = [
  {
    ...{ name: 'keep_tokens', of: 'challenges', into: 'token_sums', key: ['token'] },
    sums: ['challenges', 'submitted', 'locked', 'paid'],
    parts: [
      {
        values: {
          ...{ token: 'r.token', challenges: '1', submitted: 'r.submitted', paid: 'r.paid' },
          locked: `r.escrow + r.reserved + r.prizes_due + r.budget + r.held_fees + r.ranking_fees + r.deposits + r.carried + r.owed
            + r.earned - r.claimed + r.oracles_fees`,
        },
      },
    ],
  },
  {
    ...{ name: 'keep_units', of: 'submissions', into: 'unit_sums', key: ['challenge'] },
    sums: ['submitted', 'accepted', 'pending'],
    parts: [
      {
        values: {
          ...{ challenge: 'r.challenge', submitted: 'r.units' },
          accepted: "case when r.status = 'scored' then r.accepted_units else 0 end",
          pending: "case when r.status = 'pending' then r.units else 0 end",
        },
        where: 'r.units > 0',
      },
    ],
  },
  {
    ...{ name: 'keep_manifest_states', of: 'manifests', into: 'manifest_states', key: ['state'], sums: ['manifests'] },
    parts: [{ values: { state: 'r.state', manifests: '1' } }],
  },
]

const RUNNING = 'not cancelled and accepted >= seats and ended_at = 0'

const UP = [
  'alter table challenges add column oracles_fees numeric(39,0) not null default 0',
  `update challenges c set oracles_fees =
    coalesce((select sum(fees_earned - fees_withdrawn) from challenge_oracles o where o.challenge = c.id), 0)`,
  `create table token_sums (token text primary key, challenges bigint not null default 0, submitted bigint not null default 0,
    locked numeric(39,0) not null default 0, paid numeric(39,0) not null default 0)`,
  `create table unit_sums (challenge bigint primary key, submitted bigint not null default 0, accepted bigint not null default 0,
    pending bigint not null default 0)`,
  'create table manifest_states (state text primary key, manifests bigint not null default 0)',
  ...SUMS.flatMap(keepSums),
  // Phases that the clock ends: what is in one of them is few, what is behind it grows.
  'create index challenges_accepting on challenges (accept_by, id) where not cancelled and accepted < seats',
  `create index challenges_to_open on challenges (opens, id) where ${RUNNING}`,
  `create index challenges_to_grade on challenges (grade_by, id) where ${RUNNING}`,
  `create index challenges_to_judge on challenges (judge_by, id) where ${RUNNING} and judge_by is not null`,
  'create index challenges_by_rule on challenges (rule, id)',
  'create index submissions_held_in_challenge on submissions (challenge, number) where flags & 8 <> 0',
  'create index submissions_held_of_solver on submissions (solver, submitted_at, challenge, number) where flags & 8 <> 0',
]

const DOWN = [
  ...SUMS.flatMap(dropSums),
  'drop table token_sums, unit_sums, manifest_states',
  'alter table challenges drop column oracles_fees',
  `drop index challenges_accepting, challenges_to_open, challenges_to_grade, challenges_to_judge, challenges_by_rule,
    submissions_held_in_challenge, submissions_held_of_solver`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
