/** A verification in words: what each check says, and what an open one waits for. Raw values stay behind a fold. Pure. */
import { formatCount, formatDay } from '../words/format.ts'
import { withShortNames } from '../words/tell.ts'
import type { Check, Verification } from '../write/verify.ts'

export type Look = { mark: 'good' | 'bad' | 'later' | 'retry' | 'never' | 'none'; word: string }

export function lookOf({ state, outlook }: Pick<Check, 'state' | 'outlook'>): Look {
  if (state === 'passed') return { mark: 'good', word: 'holds' }
  if (state === 'failed') return { mark: 'bad', word: 'does not hold' }
  switch (outlook) {
    case 'later':
      return { mark: 'later', word: 'not yet' }
    case 'retry':
      return { mark: 'retry', word: 'could not be fetched' }
    case 'not_applicable':
      return { mark: 'none', word: 'does not apply' }
    default:
      return { mark: 'never', word: 'cannot be checked' }
  }
}

/** When the challenge ends, and whether that is still to come, milliseconds. */
export type End = { at: number; now: number }

/** The sentence of a check: its note in words; of an open one, what it waits for. */
export function sentenceOfCheck(check: Check, end: End | null): string | null {
  if (check.state === 'open' && check.outlook === 'later' && check.why === 'truth_not_opened' && end) {
    return end.now < end.at
      ? `Waits for the end, ${formatDay(end.at)}: the truth is opened after it.`
      : 'Waits for the oracles or the maker to open the truth.'
  }
  const met = /^(.+): (true|false)$/.exec(check.note ?? '')
  if (met) return `${met[1]}: the threshold is ${met[2] === 'true' ? 'met' : 'not met'}.`
  return check.note && withShortNames(check.note)
}

export type Outcome = { tone: 'good' | 'bad' | 'wait' | 'info'; title: string; sentence: string }

const unsettled = ({ state, outlook }: Check): boolean => state === 'open' && outlook !== 'not_applicable'

/** What all checks together say; waiting for the end is no warning. */
export function outcomeOf({ verified, refuted, checks, summary }: Verification, end: End | null): Outcome {
  if (refuted) return { tone: 'bad', title: 'Something is not as claimed', sentence: withShortNames(summary) }
  if (verified) return { tone: 'good', title: 'Verified', sentence: withShortNames(summary) }
  const open = checks.filter(unsettled)
  const count = (outlook: Check['outlook']) => open.filter((check) => check.outlook === outlook).length
  const [later, retry, never] = [count('later'), count('retry'), count('never')]
  const passed = checks.filter((check) => check.state === 'passed').length
  const waits = end && end.now < end.at ? `the end, ${formatDay(end.at)}` : 'what is still to be opened'
  const sentence = [
    `${formatCount(passed, 'check')} ${passed === 1 ? 'holds' : 'hold'} and none fails.`,
    later > 0 ? `${formatCount(later, 'check')} ${later === 1 ? 'waits' : 'wait'} for ${waits}.` : '',
    retry > 0 ? `${formatCount(retry, 'check')} could not fetch the evidence now; check again later.` : '',
    never > 0 ? `${formatCount(never, 'check')} cannot be made, because the evidence is not public.` : '',
  ]
    .filter(Boolean)
    .join(' ')
  return {
    tone: retry + never > 0 ? 'wait' : 'info',
    title: 'Nothing contradicts it so far',
    sentence,
  }
}
