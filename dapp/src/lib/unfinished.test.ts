import { describe, expect, it } from 'vitest'
import { unfinishedDraft } from './unfinished.ts'

const wanted = { network: 'n', contract: 'C', challenge: 7, solver: 'G' }
const storage = (entries: Record<string, unknown>) => ({
  length: Object.keys(entries).length,
  key: (index: number) => Object.keys(entries)[index] ?? null,
  getItem: (name: string) => JSON.stringify(entries[name]),
})

describe('what was begun in this browser', () => {
  it('is found by challenge and solver, and only while unfinished', () => {
    const draft = { ...wanted, fileName: 'a.csv', stage: 'signed' }
    expect(unfinishedDraft(storage({ 'submission-1': draft, other: draft }), wanted)).toEqual({
      fileName: 'a.csv',
      stage: 'signed',
    })
    expect(unfinishedDraft(storage({ 'submission-1': { ...draft, stage: 'submitted' } }), wanted)).toBeUndefined()
    expect(unfinishedDraft(storage({ 'submission-1': { ...draft, solver: 'H' } }), wanted)).toBeUndefined()
  })
})
