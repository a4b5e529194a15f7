/**
 * The phase as SQL, for filters and counts: the one rule that is written twice, once as a value and once as conditions that indexes
 * match. `phase.test.ts` compares both with the rules' own function on random rows.
 */
import type { Phase } from '@stellartrain/contracts-client/rules'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Over `challenges as c`. `now` in unix seconds. */
export function phaseSql(now: number): RawBuilder<Phase> {
  return sql<Phase>`case
    when c.cancelled then 'cancelled'
    when c.accepted < c.seats then case when ${now} < c.accept_by then 'accepting' else 'lapsed' end
    when c.ended_at > 0 then 'ended'
    when ${now} < c.opens then 'announced'
    when ${now} < c.deadline then 'open'
    when ${now} < c.grade_by - case when c.rule = 'ranked' then c.patience else 0 end then 'grading'
    when ${now} < c.grade_by then 'ranking'
    when ${now} < coalesce(c.judge_by, c.grade_by) then 'judging'
    else 'over' end`
}

const ACCEPTED = sql`not c.cancelled and c.accepted >= c.seats`
const RUNNING = sql`${ACCEPTED} and c.ended_at = 0`
const VOTES_END = sql`(c.grade_by - case when c.rule = 'ranked' then c.patience else 0 end)`
const END = sql`coalesce(c.judge_by, c.grade_by)`

/** Whether the phase is this one, over `challenges as c`; in the words of the indexes `challenges_running`, `_waiting`, `_accepting`, `_to_open`, … */
export function inPhase(phase: Phase, now: number): RawBuilder<SqlBool> {
  const waiting = sql`not c.cancelled and c.accepted < c.seats`
  switch (phase) {
    case 'cancelled':
      return sql`c.cancelled`
    case 'accepting':
      return sql`(${waiting} and c.accept_by > ${now})`
    case 'lapsed':
      return sql`(${waiting} and c.accept_by <= ${now})`
    case 'ended':
      return sql`(${ACCEPTED} and c.ended_at > 0)`
    case 'announced':
      return sql`(${RUNNING} and c.opens > ${now})`
    case 'open':
      return sql`(${RUNNING} and c.opens <= ${now} and c.deadline > ${now})`
    default:
      return sql`(${RUNNING} and c.opens <= ${now} and c.deadline <= ${now} and ${afterDeadline(phase, now)})`
  }
}

/** Each with a plain comparison of a column that has an index among what is running, also where that says nothing new. */
function afterDeadline(phase: 'grading' | 'ranking' | 'judging' | 'over', now: number): RawBuilder<SqlBool> {
  switch (phase) {
    case 'grading':
      return sql`${VOTES_END} > ${now} and c.grade_by > ${now}`
    case 'ranking':
      return sql`${VOTES_END} <= ${now} and c.grade_by > ${now}`
    case 'judging':
      return sql`${VOTES_END} <= ${now} and c.grade_by <= ${now} and c.judge_by > ${now}`
    case 'over':
      return sql`${VOTES_END} <= ${now} and c.grade_by <= ${now} and ${END} <= ${now}`
  }
}
