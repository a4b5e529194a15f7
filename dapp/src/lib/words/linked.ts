/** A sentence in parts, so that the accounts it names can be links. Pure. */
import { shorten } from './format.ts'

export type Part = { text: string; address?: string }

const ADDRESS = /^[GC][A-Z2-7]{55}$/

/** Two addresses that look alike when shortened are not linked: nothing in the sentence says which one is meant. */
export function linkedParts(sentence: string, data: Record<string, unknown>): Part[] {
  const byName = new Map<string, string | null>()
  for (const value of Object.values(data)) {
    if (typeof value !== 'string' || !ADDRESS.test(value)) continue
    const name = shorten(value)
    const before = byName.get(name)
    byName.set(name, before === undefined || before === value ? value : null)
  }
  return sentence
    .split(/([GC][A-Z2-7]{3}…[A-Z2-7]{4})/)
    .filter(Boolean)
    .map((text) => {
      const address = byName.get(text)
      return address?.startsWith('G') ? { text, address } : { text }
    })
}
