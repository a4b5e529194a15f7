import { expect, it } from 'vitest'
import { begin, countDone, currentOf, nextWork, openOf, type Work, type WorkEvent } from './work.ts'

const start = begin<string>(['a', 'b', 'c', 'd'])
const run = (events: readonly WorkEvent<string>[], from: Work<string> = start) => events.reduce(nextWork, from)
const answer = (value: string): WorkEvent<string> => ({ type: 'answered', value })
const SKIP = { type: 'skipped' } as const
const UNDO = { type: 'undone' } as const

it('an answer goes on to the next item, the last one to the whole', () => {
  const half = run([answer('1'), answer('2')])
  expect(currentOf(half)).toBe('c')
  expect(countDone(half)).toBe(2)
  const all = run([answer('3'), answer('4')], half)
  expect(currentOf(all)).toBeUndefined()
  expect(openOf(all)).toEqual([])
  expect(all.given.d).toEqual({ value: '4', confirmed: true })
})

it('what was only entered is kept, and is no answer', () => {
  const work = run([{ type: 'entered', value: 'so f' }])
  expect(work.given.a).toEqual({ value: 'so f', confirmed: false })
  expect(currentOf(work)).toBe('a')
  expect(countDone(work)).toBe(0)
})

it('a skipped item comes again at the end, and the last one cannot be skipped', () => {
  const skipped = run([SKIP])
  expect(skipped.order).toEqual(['b', 'c', 'd', 'a'])
  const last = run([answer('b'), answer('c'), answer('d')], skipped)
  expect(currentOf(last)).toBe('a')
  expect(run([SKIP], last)).toBe(last)
  expect(openOf(last)).toEqual(['a'])
})

it('undo goes back step by step, over skips too, and keeps what was answered to be looked at', () => {
  const work = run([answer('1'), SKIP, answer('3')])
  expect(currentOf(work)).toBe('d')
  const back = run([UNDO], work)
  expect(currentOf(back)).toBe('c')
  expect(back.given.c?.value).toBe('3')
  const further = run([UNDO], back)
  expect(further.order).toEqual(['a', 'b', 'c', 'd'])
  expect(currentOf(further)).toBe('b')
  expect(currentOf(run([UNDO, UNDO], further))).toBe('a')
})

it('who corrects an item goes on where the work stopped', () => {
  const work = run([answer('1'), answer('2'), UNDO, UNDO])
  expect(currentOf(work)).toBe('a')
  const mended = run([answer('one')], work)
  expect(currentOf(mended)).toBe('c')
  expect(mended.given.a?.value).toBe('one')
})

it('a flagged item needs no answer, until one is given', () => {
  const work = run([{ type: 'flagged' }])
  expect(work.given.a).toEqual({ value: undefined, confirmed: true, broken: true })
  expect(run([UNDO, answer('1')], work).given.a).toEqual({ value: '1', confirmed: true })
})

it('an item is gone to by name, and the time of each is summed', () => {
  const work = run([
    { type: 'went', to: 'c' },
    { type: 'spent', item: 'c', milliseconds: 5 },
  ])
  expect(currentOf(work)).toBe('c')
  expect(run([{ type: 'spent', item: 'c', milliseconds: 7 }], work).spent).toEqual({ c: 12 })
  expect(run([{ type: 'went', to: 'nowhere' }], work)).toBe(work)
})
