/** The shape of a value in words: what kinds of characters it has, never which. */

import { type ColumnShape, isCell } from '../shape.ts'

/** How much of a value is looked at. */
const CHARACTERS = 64
const RUNS = 6
/** How many labels are named. */
const NAMED = 10

const KINDS: readonly [RegExp, string][] = [
  [/[0-9]/, 'digits'],
  [/\p{L}|\p{M}/u, 'letters'],
  [/ /, 'a space'],
  [/\u00a0/, 'a no-break space'],
  [/[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/, 'a character that cannot be seen'],
  [/\s/, 'white space'],
  [/,/, 'a comma'],
  [/\./, 'a point'],
  [/;/, 'a semicolon'],
  [/-/, 'a minus sign'],
  [/\+/, 'a plus sign'],
  [/%/, 'a percent sign'],
  [/_/, 'an underscore'],
  [/["']/, 'a quotation mark'],
]

/** Such as `digits, a comma, digits`. Of a long value, its beginning. */
export function shapeInWords(text: string): string {
  if (text === '') return 'nothing'
  const characters = [...text]
  const runs: { kind: string; text: string }[] = []
  for (const character of characters.slice(0, CHARACTERS)) {
    const kind = KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? 'other characters'
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += character
    else runs.push({ kind, text: character })
  }
  const words = runs.slice(0, RUNS).map((run) => (run.kind === 'letters' ? lettersInWords(run.text) : run.kind))
  return runs.length > RUNS || characters.length > CHARACTERS ? `${words.join(', ')} and more` : words.join(', ')
}

function lettersInWords(text: string): string {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()]
  if (lower === upper) return 'letters'
  return text === lower ? 'lower-case letters' : text === upper ? 'upper-case letters' : 'letters'
}

/** What a column asks for, by what the challenge says in public. */
export function expectedOf({ type, labels, min, max }: ColumnShape): string {
  if (type === 'label') return labels ? labelsInWords(labels) : 'a label'
  if (type === 'probability') return 'a number from 0 to 1'
  if (isCell(type)) return CELLS[type]
  const number = type === 'integer' ? 'a whole number' : 'a number'
  if (min !== undefined && max !== undefined) return `${number} from ${min} to ${max}`
  if (min !== undefined) return `${number} of at least ${min}`
  return max === undefined ? number : `${number} of at most ${max}`
}

/** Those of a shape are published with the challenge, so they are named; the labels of a truth never come here. */
function labelsInWords(labels: readonly string[]): string {
  const more = labels.length > NAMED ? ` and ${labels.length - NAMED} more` : ''
  return `one of the ${labels.length} labels of this challenge, ${labels.slice(0, NAMED).join(', ')}${more}`
}

const CELLS = {
  text: 'a text',
  list: 'items with one space between two',
  numbers: 'numbers with one space between two',
  rle: 'pairs of a start and a length',
} as const
