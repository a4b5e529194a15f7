/** How amounts, scores, times and places are written. Pages bring their own words for money and time; the sentences stay the same. */
import { scoreToDecimal, toDecimal } from '@stellartrain/contracts-client/units'
import { isoTime } from '../system/iso-time.ts'
import type { StoryAsset } from './facts.ts'

export type Words = {
  money(amount: bigint, asset: Pick<StoryAsset, 'code' | 'decimals'>): string
  score(units: bigint): string
  /** Unix seconds. */
  time(seconds: number): string
}

export const PLAIN: Words = {
  money: (amount, { code, decimals }) => `${toDecimal(amount, decimals)} ${code}`,
  score: scoreToDecimal,
  time: isoTime,
}

/** 1st, 2nd, 3rd, 4th … */
export function ordinal(place: number): string {
  const tens = place % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${suffix}`
}

const SPELLED = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** `third place`, `12th place`. */
export const placeWords = (place: number): string => `${SPELLED[place - 1] ?? ordinal(place)} place`

/** `#1`, `#1 and #4`, `#1, #4 and #6`. */
export function numbered(numbers: readonly number[]): string {
  const all = numbers.map((number) => `#${number}`)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

/** As a sentence; a quotation at its end that has a full stop gets no second one. */
export const ended = (text: string): string => (text.endsWith('.”') ? text : `${text}.`)
