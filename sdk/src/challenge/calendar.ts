/** When what happens in a challenge, in words; a date that lies behind is told as what happened. */
import type { Terms } from '@stellartrain/contracts-client/rules'
import { type Phase, votesEnd } from '@stellartrain/contracts-client/rules'

/** `now`: close time of a ledger, unix seconds. `kept`: places of a bounty that has ended which wait for votes. */
export type Progress = { phase: Phase; now: number; kept: number }

/** `at`: unix seconds; `past`: it lies behind. */
export type Dated = { at: number; says: string; past: boolean }

type Entry = { at: number; coming: string; gone: string }

/**
 * The dates of a challenge in their order, without those that nothing hangs on any more.
 * @param progress where the challenge is; before it is created all dates are to come
 */
export function calendar(terms: Terms, progress?: Progress): Dated[] {
  const dates = entries(terms, progress)
  if (!progress) return dates.map(({ at, coming }) => ({ at, says: coming, past: false }))
  const { now, phase, kept } = progress
  const shown = dates.map(({ at, coming, gone }) => ({ at, says: at <= now ? gone : coming, past: at <= now }))
  if (phase === 'cancelled') return shown.filter(({ past }) => past)
  // A bounty takes nothing more once it has its last winner; only kept places are still voted on.
  if (phase === 'ended') return shown.filter(({ past, at }) => past || (kept > 0 && at >= terms.gradeBy))
  return shown
}

function entries(terms: Terms, progress: Progress | undefined): Entry[] {
  const { phase } = progress ?? {}
  const opens = { at: terms.opens, coming: 'opens', gone: 'opened' }
  // Nothing of it can happen any more: not all oracles accepted in time.
  if (phase === 'cancelled') return []
  if (phase === 'lapsed') return [acceptance(terms)]
  const accepted = phase !== undefined && phase !== 'accepting'
  return [
    ...(accepted
      ? [opens]
      : [{ ...opens, coming: 'opens, once every oracle has accepted', gone: OVERDUE }, acceptance(terms)]),
    ...ends(terms),
  ].toSorted((one, other) => one.at - other.at)
}

const OVERDUE = 'was to open; opens once every oracle has accepted'

const acceptance = ({ acceptBy }: Terms): Entry => ({
  at: acceptBy,
  coming: 'unless every oracle has accepted, anyone may send the money back to the maker',
  gone: 'not every oracle had accepted: anyone may send the money back to the maker',
})

function ends(terms: Terms): Entry[] {
  const { rule } = terms.payout
  const closes =
    rule === 'earnings'
      ? { at: terms.deadline, coming: 'last top-up', gone: 'top-ups ended' }
      : { at: terms.deadline, coming: 'last submissions', gone: 'submissions ended' }
  return [
    closes,
    ...(rule === 'ranked' ? [lastVotes(terms)] : []),
    gradingEnds(terms),
    ...(terms.judge ? [judgingEnds(terms, terms.judge.by)] : []),
  ]
}

const lastVotes = (terms: Terms): Entry => ({
  at: votesEnd(terms),
  coming: 'last votes; from here on the oracles only rank',
  gone: 'votes ended; from here on the oracles only rank',
})

const MONEY_BACK = 'gets its own money back, the rest of the prize returns to the maker'
const TABLE_PAYS = 'without one the running table pays, in full'

function gradingEnds({ payout: { rule }, gradeBy: at, judge }: Terms): Entry {
  if (rule === 'earnings')
    return {
      at,
      coming: 'last epoch of earnings; the rest returns to the maker',
      gone: 'epochs of earnings ended; the rest returns to the maker',
    }
  const what = rule === 'ranked' ? 'ranking' : 'votes'
  if (judge)
    return {
      at,
      coming: `last ${what} of the oracles; what is undecided goes to the judge`,
      gone: `the oracles’ time for ${rule === 'ranked' ? 'a ranking' : 'votes'} ended; what was undecided went to the judge`,
    }
  if (rule === 'ranked')
    return { at, coming: `last ranking; ${TABLE_PAYS}`, gone: `the time for a ranking ended; ${TABLE_PAYS}` }
  return {
    at,
    coming: `last votes; what is undecided ${MONEY_BACK}`,
    gone: `votes ended; what was undecided ${MONEY_BACK}`,
  }
}

function judgingEnds({ payout: { rule } }: Terms, at: number): Entry {
  if (rule === 'ranked')
    return {
      at,
      coming: `last ranking of the judge; ${TABLE_PAYS}`,
      gone: `the judge’s time for a ranking ended; ${TABLE_PAYS}`,
    }
  return {
    at,
    coming: `last ballots of the judge; what is undecided ${MONEY_BACK}`,
    gone: `the judge’s time ended; what was undecided ${MONEY_BACK}`,
  }
}
