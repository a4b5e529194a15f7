/** The phases of a challenge in words, and what the countdown counts to. Which phase it is, the contract's rules say. */
import { maySubmit, nextPhaseAt, type PhaseFacts, phase, type Terms } from '@stellartrain/contracts-client/rules'
import { apiTerms } from '@stellartrain/sdk/story'
import type { ChallengeSummary, Phase } from '../read/types.ts'
import { formatDuration } from './format.ts'
import { paysLabels, takesFiles } from './payout.ts'

export const phaseWords: Record<Phase, { word: string; sentence: string }> = {
  accepting: {
    word: 'Waiting for oracles',
    sentence: 'The prize is locked; submissions open once every oracle has accepted.',
  },
  lapsed: {
    word: 'Not accepted',
    sentence: 'Not every oracle accepted in time: anyone can send all money back to the maker.',
  },
  announced: { word: 'Upcoming', sentence: 'The prize is locked; submissions open soon.' },
  open: { word: 'Open', sentence: 'Submissions are accepted.' },
  grading: { word: 'Grading', sentence: 'No more submissions; the oracles vote on the last ones.' },
  ranking: { word: 'Ranking', sentence: 'Votes are over; the oracles rank by the private rows.' },
  judging: { word: 'Judging', sentence: 'Votes are over; the judge decides what the oracles left undecided.' },
  over: { word: 'Over', sentence: 'No more submissions and no more votes: anyone can carry out what is left.' },
  ended: { word: 'Ended', sentence: 'It has ended: the last winner was found.' },
  cancelled: { word: 'Cancelled', sentence: 'It was cancelled before it opened; all money went back to the maker.' },
}

/** In the order of the list: what can be taken part in comes first. */
export const PHASE_ORDER: readonly Phase[] = [
  ...(['open', 'announced', 'accepting', 'grading', 'ranking', 'judging', 'ended', 'over', 'lapsed'] as const),
  'cancelled',
]

/** Open ones first, otherwise as the API gave them. */
export const openFirst = (challenges: ChallengeSummary[]): ChallengeSummary[] =>
  challenges.toSorted((a, b) => PHASE_ORDER.indexOf(a.phase) - PHASE_ORDER.indexOf(b.phase))

const seconds = (now: number): number => Math.floor(now / 1_000)

function clockOf(challenge: ChallengeSummary): { terms: Terms; facts: PhaseFacts } {
  return {
    terms: apiTerms(challenge),
    facts: {
      cancelled: challenge.phase === 'cancelled',
      accepted: challenge.oracles.every(({ accepted }) => accepted),
      ended: challenge.endedAt !== null,
    },
  }
}

/** By the clock too: a page that was opened before the deadline must not take a file after it. `now` in milliseconds. */
export function phaseAt(challenge: ChallengeSummary, now: number): Phase {
  const { terms, facts } = clockOf(challenge)
  return phase(terms, facts, seconds(now))
}

const VERBS: Partial<Record<Phase, string>> = {
  accepting: 'Oracles accept',
  announced: 'Opens',
  open: 'Closes',
  grading: 'Votes end',
  ranking: 'Ranking ends',
  judging: 'Judge decides',
}

/** The moment that matters next, with its verb; null where the clock changes nothing any more. */
export function countdownOf(
  challenge: ChallengeSummary,
  now: number,
): { verb: string; at: string; text: string } | null {
  const { terms, facts } = clockOf(challenge)
  const verb = VERBS[phase(terms, facts, seconds(now))]
  const at = nextPhaseAt(terms, facts, seconds(now))
  if (!verb || at === undefined) return null
  return { verb, at: new Date(at * 1_000).toISOString(), text: `${verb} in ${formatDuration(at - now / 1_000)}` }
}

export const takesSubmissions = (challenge: ChallengeSummary, now: number): boolean =>
  takesFiles(challenge) && maySubmit(phaseAt(challenge, now))

/** Whether batches of labels are taken now. */
export const takesLabels = (challenge: ChallengeSummary, now: number): boolean =>
  paysLabels(challenge) && maySubmit(phaseAt(challenge, now))
