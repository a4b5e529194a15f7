import { describe, expect, it } from 'vitest'
import { freshnessOf, SILENT_MS } from './freshness.ts'

const seen = { unreachable: false, answeredAt: 100_000, openedAt: 0, now: 101_000, ledger: 2494, lagSeconds: 1 }

describe('freshness', () => {
  it('goes by the age of the last answer: a hanging index is stale after a few seconds', () => {
    expect(freshnessOf(seen)).toEqual({ tone: 'good', text: 'Index at ledger 2,494' })
    expect(freshnessOf({ ...seen, now: seen.answeredAt + SILENT_MS + 1_000 })).toEqual({
      tone: 'wait',
      text: 'The index has not answered for 9 s; figures may be old',
    })
    expect(SILENT_MS).toBeLessThan(10_000)
  })
  it('counts from the opening of the page where there was no answer at all', () => {
    expect(freshnessOf({ ...seen, answeredAt: 0, openedAt: 100_000, ledger: undefined }).text).toBe('Asking the index…')
    expect(freshnessOf({ ...seen, answeredAt: 0, openedAt: 0, ledger: undefined }).tone).toBe('wait')
  })
  it('says how far the index is behind, and that it is away', () => {
    expect(freshnessOf({ ...seen, lagSeconds: 90 }).text).toBe('Index at ledger 2,494, 1 min behind the network')
    expect(freshnessOf({ ...seen, unreachable: true }).tone).toBe('bad')
  })
})
