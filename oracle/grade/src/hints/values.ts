/** Hints about one value: what it would be with a common mistake undone. They look only at what is public: the shape, and the ids. */

import { utf8 } from '../csv/utf8.ts'
import type { ReasonName } from '../reasons.ts'
import type { ColumnShape } from '../shape.ts'
import { findId, type IdIndex } from '../table/ids.ts'
import { HINTS } from './sentences.ts'

/** Spaces and marks that people do not see, beside the plain space. */
export const INVISIBLE = /[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]/g

/** The longest run of zeros that is looked for in front of an id. */
const MOST_ZEROS = 20

/** About a value of a column. */
export function valueHint(reason: ReasonName, text: string, column: ColumnShape): string | undefined {
  if (reason === 'unknown_label') return labelHint(text, column)
  if (reason === 'padded_value') return text.search(INVISIBLE) < 0 ? HINTS.spaces : HINTS.invisible_number
  if (reason === 'not_finite') return HINTS.missing
  if (reason === 'not_a_probability') return /^\d/.test(text) && Number(text) <= 100 ? HINTS.share : undefined
  return reason === 'not_a_number' ? numberHint(text) : undefined
}

function numberHint(text: string): string | undefined {
  if (/^[+-]?\d+(\.\d+)?\s?%$/.test(text)) return HINTS.percent
  if (/^(true|false)$/i.test(text)) return HINTS.boolean
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(text) || /^[+-]?\d{1,3}([ '’\u00a0\u202f]\d{3})+(\.\d*)?$/.test(text))
    return HINTS.thousands
  if (/^[+-]?(\d+|\d{1,3}(\.\d{3})+)?,\d+(e[+-]?\d+)?$/i.test(text)) return HINTS.decimal_comma
  return text.search(INVISIBLE) >= 0 ? HINTS.invisible_number : undefined
}

function labelHint(text: string, { type, labels }: ColumnShape): string | undefined {
  if (!labels) return undefined
  const { known, folded } = setsOf(labels)
  const value = type === 'list' ? (text.split(' ').find((item) => !known.has(item)) ?? '') : text
  return (
    textHint(value, (other) => known.has(other)) ?? (folded.has(value.toLowerCase()) ? HINTS.other_case : undefined)
  )
}

/** Made once for a list of labels, which may be long. */
const sets = new WeakMap<readonly string[], { known: Set<string>; folded: Set<string> }>()
function setsOf(labels: readonly string[]) {
  const made = sets.get(labels) ?? {
    known: new Set(labels),
    folded: new Set(labels.map((label) => label.toLowerCase())),
  }
  sets.set(labels, made)
  return made
}

/** About an id that is not known. */
export function idHint(reason: ReasonName, text: string, index: IdIndex): string | undefined {
  if (reason === 'padded_value') return HINTS.spaces
  if (reason !== 'unknown_id') return undefined
  const known = (other: string): boolean => {
    const bytes = utf8(other)
    return findId(index, bytes, 0, bytes.length) >= 0
  }
  const hint = textHint(text, known)
  if (hint) return hint
  const whole = /^(\d+)(\.0+)?$/.exec(text)?.[1]
  if (whole !== undefined) {
    if (known(whole.replace(/^0+(?=\d)/, ''))) return HINTS.added_zeros
    for (let padded = `0${whole}`; padded.length <= MOST_ZEROS; padded = `0${padded}`)
      if (known(padded)) return HINTS.lost_zeros
  }
  return known(text.toLowerCase()) || known(text.toUpperCase()) ? HINTS.other_case : undefined
}

function textHint(text: string, known: (text: string) => boolean): string | undefined {
  const seen = [text.replace(INVISIBLE, '').trim(), text.replace(INVISIBLE, ' ').trim()]
  if (seen.some((other) => other !== text && known(other))) return HINTS.invisible
  if (['NFC', 'NFD'].some((form) => text.normalize(form) !== text && known(text.normalize(form))))
    return HINTS.unicode_form
  const whole = /^([+-]?\d+)\.0+$/.exec(text)?.[1]
  return whole !== undefined && known(whole) ? HINTS.decimal_text : undefined
}
