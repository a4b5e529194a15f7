/** The dates of a planned challenge, in seconds, with defaults inside the contract's bounds. */

import { UserError } from '../system/problems.ts'
import type { ChallengePlan } from './plan.ts'

const DAY = 86_400
const WEEK = 7 * DAY
/** From creation to the end. */
const LONGEST = 150 * DAY

export type Times = {
  opens: number
  acceptBy: number
  deadline: number
  patience: number
  gradeBy: number
  /** The end, also where there is no judge. */
  judgeBy: number
}

/** What the contract was deployed with, and the ledger's clock, unix seconds. */
export type TimesContext = { now: number; minPatience: number; minWindow: number }

/** @throws UserError `bad_input` for dates that cannot be read or contradict each other: what the contract would refuse */
export function timesOf(plan: ChallengePlan, { now, minPatience, minWindow }: TimesContext): Times {
  const deadline = seconds('deadline', plan.deadline)
  const opens = plan.opens ? seconds('opening', plan.opens) : now
  // Six times the minimum is an hour where the minimum is ten minutes; a short challenge has less.
  const room = Math.floor((deadline - Math.max(now, opens)) / 2)
  const patience = plan.patienceSeconds ?? clamp(Math.max(1, minPatience) * 6, Math.max(1, minPatience), WEEK, room)
  const acceptBy = plan.acceptBy ? seconds('acceptance', plan.acceptBy) : Math.min(deadline - patience, now + 2 * DAY)
  const least = Math.max(4 * patience, minWindow)
  const gradeBy = plan.gradeBy ? seconds('grading', plan.gradeBy) : deadline + Math.max(least, DAY)
  const wanted = plan.judge?.judgeBy
  const judgeBy = wanted ? seconds('judging', wanted) : gradeBy + (plan.judge ? Math.max(minWindow, DAY) : 0)
  const times = { opens, acceptBy, deadline, patience, gradeBy, judgeBy }
  refuse(times, { now, minPatience, minWindow, judged: plan.judge !== undefined })
  return times
}

const clamp = (wanted: number, from: number, to: number, room: number) =>
  Math.min(to, Math.max(from, Math.min(wanted, room)))

type Bounds = TimesContext & { judged: boolean }

function refuse(times: Times, { now, minPatience, minWindow, judged }: Bounds): void {
  const { opens, acceptBy, deadline, patience, gradeBy, judgeBy } = times
  const short = (what: string) =>
    `The ${what} at least one patience, ${patience} seconds, before the deadline: move the deadline, or set patienceSeconds (from ${minPatience}).`
  const problem =
    patience < minPatience || patience > WEEK
      ? `The patience is ${minPatience} seconds to seven days here, not ${patience} seconds.`
      : deadline <= now
        ? 'The deadline lies in the past.'
        : acceptBy <= now
          ? 'The oracles need time to accept: acceptance ends in the future, and one patience before the deadline.'
          : opens + patience > deadline
            ? short('challenge opens')
            : acceptBy + patience > deadline
              ? short('oracles accept')
              : gradeBy < deadline + Math.max(4 * patience, minWindow)
                ? `Grading lasts at least ${Math.max(4 * patience, minWindow)} seconds after the deadline: four times the patience, and ${minWindow} seconds.`
                : judged && judgeBy < gradeBy + minWindow
                  ? `Judging lasts at least ${minWindow} seconds after grading.`
                  : judgeBy > now + LONGEST
                    ? 'A challenge ends at most 150 days from now.'
                    : undefined
  if (problem) throw new UserError('bad_input', problem)
}

function seconds(name: string, date: Date): number {
  const time = date.getTime()
  if (!Number.isFinite(time)) throw new UserError('bad_input', `The time of the ${name} is not a date.`)
  return Math.floor(time / 1_000)
}
