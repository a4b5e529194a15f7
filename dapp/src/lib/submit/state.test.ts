import { describe, expect, it } from 'vitest'
import type { Words } from '../words/errors.ts'
import type { FileCheck } from './precheck.ts'
import { maybeSent, next, type SubmitEvent, type SubmitState, startOf, stepsOf } from './state.ts'

const file = new File(['id,label\n'], 'a.csv')
const other = new File(['id,label\n'], 'b.csv')
const bytes = new Uint8Array([1])
const check = { ok: true, problems: [] } as unknown as FileCheck
const bad = { ok: false, problems: [] } as unknown as FileCheck
const words: Words = { title: 'T', sentence: 'S.', details: '', retryable: true }

const run = (...events: SubmitEvent[]) => events.reduce(next, { at: 'empty' } as SubmitState)
const upTo = {
  checked: [
    { type: 'chosen', file },
    { type: 'read', file, bytes },
    { type: 'checked', file, check },
  ] satisfies SubmitEvent[],
}
describe('the state of the submit page', () => {
  it('walks from a file to the ledger', () => {
    const landed = run(
      ...upTo.checked,
      { type: 'submitting' },
      { type: 'moved', draft: { stage: 'send', tx: 'ab' } },
      {
        type: 'landed',
        number: 7,
      },
    )
    expect(landed).toMatchObject({ at: 'landed', number: 7, draft: { tx: 'ab' } })
    expect(next(landed, { type: 'again' })).toEqual({ at: 'empty' })
  })
  it('begins at a landed submission after a reload, and only at a real number', () => {
    expect(startOf('3')).toEqual({ at: 'landed', number: 3, draft: null })
    for (const text of [undefined, '', '0', '-1', '1e3', 'x', '3.5']) expect(startOf(text)).toEqual({ at: 'empty' })
  })
  it('ignores the late results of a file that was replaced', () => {
    const now = run({ type: 'chosen', file }, { type: 'chosen', file: other })
    expect(next(now, { type: 'read', file, bytes })).toBe(now)
    const checking = next(now, { type: 'read', file: other, bytes })
    expect(next(checking, { type: 'checked', file, check })).toBe(checking)
  })
  it('sends nothing that the check refuses', () => {
    const refused = run({ type: 'chosen', file }, { type: 'read', file, bytes }, { type: 'checked', file, check: bad })
    expect(next(refused, { type: 'submitting' })).toBe(refused)
  })
  it('keeps the file and its check when it stops, so that one press tries again', () => {
    const stopped = run(...upTo.checked, { type: 'submitting' }, { type: 'failed', words })
    expect(stopped).toMatchObject({ at: 'stopped', file, bytes, check, words })
    expect(next(stopped, { type: 'submitting' })).toMatchObject({ at: 'sending', file })
  })
  it('can be cancelled before the signature and not after it', () => {
    const sending = run(...upTo.checked, { type: 'submitting' }, { type: 'moved', draft: { stage: 'sign' } })
    expect(next(sending, { type: 'cancelled' })).toMatchObject({ at: 'checked', file })
    const sent = next(sending, { type: 'moved', draft: { stage: 'send', tx: 'ab' } })
    expect(next(sent, { type: 'cancelled' })).toBe(sent)
  })
  it('knows from which stage on something may have been sent', () => {
    const order = ['check', 'seal', 'sign', 'send', 'hand_out', 'landed'] as const
    expect(order.map((stage) => maybeSent({ stage }))).toEqual([false, false, false, true, true, true])
  })
  it('hands the file out after the ledger has it, tries again, and goes on after a reload', () => {
    const landed = run(...upTo.checked, { type: 'submitting' }, { type: 'landed', number: 7 })
    expect(landed).toMatchObject({ draft: { stage: 'hand_out' } })
    const unheard = next(landed, { type: 'unheard', number: 7, why: '' })
    expect(unheard).toMatchObject({ at: 'landed', draft: { stage: 'hand_out', failure: '' } })
    expect(next(unheard, { type: 'handed', number: 7 })).toMatchObject({ draft: { stage: 'landed' } })
    // What is still heard of an earlier one does not touch the file that is on its way now.
    const sending = run(...upTo.checked, { type: 'submitting' })
    expect(next(sending, { type: 'handed', number: 6 })).toBe(sending)
    expect(next(landed, { type: 'unheard', number: 6, why: '' })).toBe(landed)
    const resumed = next({ at: 'empty' }, { type: 'resumed', number: 7 })
    expect(resumed).toEqual({ at: 'landed', number: 7, draft: { stage: 'hand_out' } })
    const other = startOf('3')
    expect(next(other, { type: 'resumed', number: 7 })).toBe(other)
  })
  it('takes no file while one is on its way', () => {
    const sending = run(...upTo.checked, { type: 'submitting' })
    expect(next(sending, { type: 'chosen', file: other })).toBe(sending)
  })
  it('has a path in every state', () => {
    const states: SubmitState[] = [
      { at: 'empty' },
      { at: 'reading', file },
      { at: 'unchecked', file, words },
      { at: 'checked', file, bytes, check },
      { at: 'checked', file, bytes, check: bad },
      { at: 'stopped', file, bytes, check, draft: { stage: 'sign' }, words },
      { at: 'landed', number: 1, draft: null },
    ]
    expect(
      states.map((state) =>
        stepsOf(state)
          .map((step) => step.state)
          .join(' '),
      ),
    ).toEqual([
      'todo todo todo todo todo todo todo',
      'active todo todo todo todo todo todo',
      'failed todo todo todo todo todo todo',
      'done todo todo todo todo todo todo',
      'failed todo todo todo todo todo todo',
      'done done failed todo todo todo todo',
      'done done done done active todo todo',
    ])
  })
})
