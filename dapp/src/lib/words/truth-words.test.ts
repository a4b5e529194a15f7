import { describe, expect, it } from 'vitest'
import type { Challenge } from '../read/types.ts'
import { truthWords } from './truth-words.ts'

const maker = `G${'M'.repeat(55)}`
const oracle = `G${'A'.repeat(55)}`
const reveal = (by: string) => ({ by, maker: by === maker, cid: 'bafkrei', tx: 't', at: '2026-11-22T12:00:00Z' })
const challenge = { maker, opensTruth: true, reveals: [], phase: 'ended' } as unknown as Challenge
const opens = (submissions: 'none' | 'winning' | 'all') => ({ truth: true, submissions })

describe('what is said about the truth', () => {
  it('names whoever published something, and believes nobody', () => {
    const { kind, text } = truthWords({ ...challenge, reveals: [reveal(maker), reveal(oracle)] }, opens('all'))
    expect(kind).toBe('note')
    expect(text).toContain('by the maker, oracle GAAA…AAAA.')
    expect(text).toContain('stellartrain verify')
    expect(text).not.toMatch(/truth is open/i)
  })
  it('says “every score” only where every submission is published', () => {
    for (const facts of [
      challenge,
      { ...challenge, phase: 'open' },
      { ...challenge, reveals: [reveal(maker)] },
    ] as Challenge[])
      for (const manifest of [undefined, opens('none'), opens('winning')])
        expect(truthWords(facts, manifest).text).not.toContain('every')
    expect(truthWords({ ...challenge, phase: 'open' }, opens('all')).text).toContain('every score')
    expect(truthWords({ ...challenge, reveals: [reveal(maker)] }, opens('winning')).text).toContain('winning scores')
  })
  it('marks a promise that was not kept, and a truth that stays closed', () => {
    expect(truthWords(challenge, opens('all')).kind).toBe('risk')
    expect(truthWords({ ...challenge, opensTruth: false }).text).toContain('stays closed')
  })
})
