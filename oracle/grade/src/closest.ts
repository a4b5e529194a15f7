/** "Did you mean …?": which of some names a word that is none of them may stand for. */
import { editDistance } from './metrics/editdistance.ts'

const MOST = 3

/**
 * Up to three names, the nearest first: written otherwise, such as `Log-Loss` for `log_loss`; begun, or left out in part, such as `auc`; or
 * with a slip in every third letter at most.
 */
export function closest(word: string, names: readonly string[]): string[] {
  const wanted = bare(word)
  return names
    .map((name) => ({ name, distance: distanceTo(wanted, bare(name)) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ name }) => name)
}

/** ` Did you mean a, b or c?`, or nothing. */
export function didYouMean(word: string, names: readonly string[]): string {
  const found = closest(word, names)
  if (found.length === 0) return ''
  const [last, ...others] = found.toReversed()
  return ` Did you mean ${others.length > 0 ? `${others.toReversed().join(', ')} or ` : ''}${last}?`
}

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Parts of a name come before slips; infinite where a word is too far off. */
function distanceTo(word: string, name: string): number {
  if (word === name) return 0
  if (word.length > 1 && name.includes(word)) return (name.startsWith(word) ? 1 : 2) + name.length / 1000
  const edits = editDistance([...word.slice(0, LONGEST)], [...name])
  return edits <= Math.max(1, Math.floor(name.length / 3)) ? 3 + edits : Number.POSITIVE_INFINITY
}

/** Of a word; names are shorter. */
const LONGEST = 100
