import { expect, test } from 'vitest'
import { nextTry, refusalOf } from './told-quiz.ts'

const said = (number: number, wait = 0, questions = [`of ${number}`]) => ({ try: number, wait, questions })

test('one oracle of three neither ends a quiz, nor makes it wait, nor asks its own questions', () => {
  const honest = said(1, 600)
  for (const lie of [
    said(9_999),
    said(2, 0, ['other']),
    said(1, 9e9),
    said(1, 0, ['other']),
    said(0),
    said(2, 9e9, []),
  ])
    for (const told of [
      [lie, honest, honest],
      [honest, honest, lie],
    ])
      expect(nextTry(told, 2)).toEqual(honest)
})

test('an oracle that missed a try judges the next one with the others, and one that is ahead is waited for by nobody', () => {
  expect(nextTry([said(1), said(2, 600), said(2, 600)], 2)).toEqual(said(2, 600))
  expect(nextTry([said(2, 600), said(1), said(1)], 2)).toEqual(said(1))
  // With one signature more to come, the first that judges is enough.
  expect(nextTry([said(1), said(3)], 1)).toEqual(said(1))
})

test('where too few answer, or nobody, there is still a next try', () => {
  expect(nextTry([said(2)], 2)).toEqual(said(2))
  expect(nextTry([], 2)).toEqual({ try: 1, wait: 0, questions: [] })
})

test('one oracle of three does not say for the others why answers are refused', () => {
  const refused = (...codes: string[]) => codes.map((code) => ({ code }))
  const three = { oracles: 3, needed: 2 }
  for (const lie of ['no_tries_left', 'bad_answers']) {
    expect(refusalOf(refused(lie, 'silent'), three)).toBeUndefined()
    expect(refusalOf(refused('silent', lie, lie), three)).toBe(lie)
    expect(refusalOf(refused(lie), { oracles: 1, needed: 1 })).toBe(lie)
  }
})
