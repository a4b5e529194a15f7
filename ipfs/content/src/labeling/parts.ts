/** What spans, boxes and polygons of an answer have in common: a bounded list of labeled parts, each once and in one order. */
import { ANSWER_MAX_PARTS } from './limits.ts'
import { refuse } from './refuse.ts'

type Rules = {
  name: 'spans' | 'boxes' | 'polygons'
  keys: readonly string[]
  labels: readonly { value: string }[]
  most?: number | undefined
}
type Read<Part> = (of: { part: Record<string, unknown>; path: string; label: string }) => {
  part: Part
  /** Parts are sorted by these numbers, then by their label. */
  order: readonly number[]
}

/** Every part as `read` gives it, sorted. */
export function partsOf<Part extends { label: string }>(
  given: unknown,
  { name, keys, labels, most = ANSWER_MAX_PARTS }: Rules,
  read: Read<Part>,
): Part[] {
  if (!Array.isArray(given)) return refuse(name, 'is not a list.')
  if (given.length > most) return refuse(name, `has ${given.length} entries; at most ${most} are allowed.`)
  const known = new Set(labels.map(({ value }) => value))
  const found = given.map((part: unknown, at) => {
    const path = `${name}.${at}`
    if (!isObject(part)) return refuse(path, `is not an object of ${keys.join(', ')}.`)
    const strange = Object.keys(part).find((key) => !keys.includes(key))
    if (strange !== undefined) return refuse(path, `has "${strange.slice(0, 40)}"; it may have ${keys.join(', ')}.`)
    const { label } = part
    if (typeof label !== 'string' || !known.has(label)) return refuse(`${path}.label`, 'is not one of the labels.')
    return read({ part, path, label })
  })
  found.sort((a, b) => compare(a.order, b.order) || (a.part.label < b.part.label ? -1 : 1))
  const parts = found.map(({ part }) => part)
  const twice = parts.findIndex((part, at) => at > 0 && JSON.stringify(part) === JSON.stringify(parts[at - 1]))
  return twice < 0 ? parts : refuse(name, 'says something twice.')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
