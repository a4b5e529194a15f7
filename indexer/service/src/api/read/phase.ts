/**
 * The phase as SQL, for filters and counts: the one rule that is written twice. `phase.test.ts` compares it with the rules' own
 * function on random rows.
 */
import type { Phase } from '@stellartrain/contracts-client/rules'
import { type RawBuilder, sql } from 'kysely'

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
