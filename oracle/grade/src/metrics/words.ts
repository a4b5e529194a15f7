/** How texts become tokens: fixed rules, so that no version of Unicode in an engine can change a score. */

/** White space as Python has it, which the reference implementations split at. */
const SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const SPACES = new RegExp(`[${SPACE}]+`, 'u')
const ONE_SPACE = new RegExp(`^[${SPACE}]$`, 'u')
const ALL_SPACE = new RegExp(`[${SPACE}]`, 'gu')

export const wordsOf = (text: string): string[] => text.split(SPACES).filter((word) => word !== '')

/** Without white space at its ends. */
export function trimmed(text: string): string {
  const characters = [...text]
  let [start, end] = [0, characters.length]
  const isSpace = (at: number): boolean => ONE_SPACE.test(characters[at]!)
  while (start < end && isSpace(start)) start++
  while (end > start && isSpace(end - 1)) end--
  return characters.slice(start, end).join('')
}

/** Code points. */
export const charactersOf = (text: string): string[] => [...text]

export const withoutSpaces = (text: string): string => text.replace(ALL_SPACE, '')

/** Only A to Z: which other letters have a lower case depends on the engine's version of Unicode. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** SQuAD's normal form: lower case, without ASCII punctuation, without the articles a, an and the, single spaces. */
export const squadForm = (text: string): string =>
  wordsOf(lowerAscii(text).replace(/[!-/:-@[-`{-~]/g, ''))
    .join(' ')
    .split(' ')
    .filter((word) => word !== 'a' && word !== 'an' && word !== 'the' && word !== '')
    .join(' ')
