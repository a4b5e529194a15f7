import { describe, expect, it } from 'vitest'
import { bounty, GRADE_BY, NOW, pending, placeOf, ranked, score, scored } from '../../testing/facts.ts'
import type { Submission } from '../read/types.ts'
import { currentStep, type Draft, pathInWords, pathOfDraft, pathOfStory, storyInWords } from './path.ts'
import { storyOf } from './tell.ts'

const path = (submission: Submission, challenge = bounty, now = NOW) =>
  pathOfStory(storyOf(challenge, submission, now)).map((step) => `${step.label}:${step.state}`)

describe('the path of a submission that the ledger knows', () => {
  it('is the story that the sdk tells, with amounts and times as the pages write them', () => {
    expect(path(pending)[4]).toBe('In the queue (1st):active')
    const won = { ...scored(0.953), flags: { ...pending.flags, prizePaid: true }, place: 1, won: true }
    const board = [placeOf(1, 'S', { paid: true })]
    const after = { ...bounty, concluded: 1, scored: 1, head: 1, winners: 1, due: 1, board }
    expect(path(won, after)).toEqual([
      'Checked:done',
      'Sealed:done',
      'Submitted:done',
      'Handed over:done',
      'In the queue:done',
      'Graded 0.953:done',
      'Paid 50 USDC:done',
    ])
    expect(storyInWords(storyOf(after, won, NOW))).toBe('Graded 0.953 · Won 50 USDC')
  })
  it('says in a list what a place in the running table would bring now', () => {
    const board = [placeOf(1, 'S', { due: false, prize: '600000000' })]
    const running = { ...ranked, concluded: 1, scored: 1, board }
    const words = storyInWords(storyOf(running, { ...scored(0.95), place: 1 }, NOW))
    expect(words).toBe('Graded 0.95 · 1st so far: would bring 60 USDC now')
  })
  it('tells after the end what nobody has written yet, and what waits', () => {
    const steps = path(pending, { ...bounty, phase: 'over' }, GRADE_BY)
    expect(steps[5]).toBe('Undecided:failed')
    expect(steps[6]).toBe('1 USDC to take back:active')
  })
  it('tells a rejection in words', () => {
    const reason = { code: 72, name: 'missing_id', text: 'Ids are missing from the file.' }
    const rejected: Submission = { ...scored(0), status: 'rejected', standing: 'rejected', score: null, reason }
    const steps = pathOfStory(storyOf({ ...bounty, concluded: 1, head: 1 }, rejected, NOW))
    expect(steps[5]).toMatchObject({ label: 'Rejected', state: 'failed' })
    expect(pathInWords(steps)).toMatch(/^Rejected\. .*missing/)
    expect(JSON.stringify(steps)).not.toContain('missing_id')
  })
  it('tells how this browser hands the file out, or that it did, until somebody graded it', () => {
    const handing: Draft = { stage: 'hand_out', failure: '' }
    const steps = pathOfStory(storyOf(bounty, pending, NOW), handing)
    expect(steps).toHaveLength(7)
    const done = pathOfStory(storyOf(bounty, pending, NOW), { stage: 'landed' })
    expect(done[3]).toMatchObject({ id: 'handed', label: 'Handed over', state: 'done' })
    const reached = (took: number) =>
      pathOfStory(storyOf(bounty, pending, NOW), { stage: 'landed', oraclesTook: { took, of: 3 } })[3]
    expect(reached(3)?.sentence).toBeNull()
    expect(reached(2)).toMatchObject({
      ...{ label: 'Handed over', state: 'done' },
      sentence: '2 of 3 oracles took the sealed file from this browser; the others can get it from them.',
    })
    const node = pathOfStory(storyOf(bounty, pending, NOW), { stage: 'landed', nodeOnly: true })
    expect(node[3]).toMatchObject({ state: 'done', sentence: expect.stringContaining('only the IPFS node took') })
    const some = pathOfStory(storyOf(bounty, pending, NOW), { stage: 'hand_out', taken: 1, places: 2 })
    expect(some[3]?.sentence).toContain('1 of 2 places took it.')
    expect(pathOfStory(storyOf(bounty, pending, NOW))[3]?.state).toBe('todo')
    expect(currentStep(steps)).toMatchObject({ id: 'handed', label: 'Not handed over yet', state: 'failed' })
    const graded = { ...scored(0.5), score: score(0.5) }
    expect(pathOfStory(storyOf({ ...bounty, concluded: 1, head: 1 }, graded, NOW), handing)[3]).toMatchObject({
      ...{ label: 'Handed over', state: 'done' },
    })
  })
})

describe('the path before the index knows', () => {
  const states = (draft: Draft) => pathOfDraft(draft).map((step) => step.state)
  it('moves one step at a time: the ledger first, then the file', () => {
    expect(states({ stage: 'idle' })[0]).toBe('todo')
    expect(states({ stage: 'check' })[0]).toBe('active')
    expect(states({ stage: 'ready' }).slice(0, 2)).toEqual(['done', 'todo'])
    expect(states({ stage: 'seal' }).slice(0, 3)).toEqual(['done', 'active', 'todo'])
    expect(states({ stage: 'sign', cid: 'b' }).slice(0, 3)).toEqual(['done', 'done', 'active'])
    expect(states({ stage: 'hand_out' }).slice(2, 5)).toEqual(['done', 'active', 'todo'])
    expect(states({ stage: 'landed' }).slice(3, 5)).toEqual(['done', 'active'])
  })
  it('stops where it failed and says what did not happen', () => {
    const steps = pathOfDraft({ stage: 'sign', cid: 'b', failure: 'You declined.' })
    expect(currentStep(steps)).toMatchObject({ label: 'Not submitted', state: 'failed', sentence: 'You declined.' })
    expect(steps[1]).toMatchObject({ label: 'Sealed', state: 'done', proofs: [{ kind: 'cid', value: 'b' }] })
  })
  it('says that a file nobody took yet is tried again', () => {
    const [, , submitted, handed] = pathOfDraft({ stage: 'hand_out', tx: 'ab', failure: '' })
    expect(submitted).toMatchObject({ state: 'done', proofs: [{ kind: 'transaction', value: 'ab' }] })
    expect(handed?.sentence).toContain('tries again by itself')
  })
})
