/** Quizzes: every oracle asks the same, nobody else knows what an account would be asked, and what is right is what a batch has right. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { prepareTruth } from '../truth.ts'
import { checkGold } from './check.ts'
import { gradeQuiz, quizQuestions } from './quiz.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const asked = Array.from({ length: 12 }, (_, at) => `q${String(at).padStart(2, '0')}`)
const labeled = ['a', 'b', 'c']
const LABELS = ['x', 'y', 'z']
const right = (id: string) => LABELS[Number(id.slice(1)) % 3]!
const gold = prepareTruth(bytes(`id,label\na,x\n${asked.map((id) => `${id},${right(id)}`).join('\n')}\n`), {
  ...{ idColumn: 'id', valueColumn: 'label', type: 'label' as const },
})
const quiz = { items: asked, questions: 5, minAccuracy: 0.8 }
const salt = new Uint8Array(32).fill(7)
const of = { challenge: 3, labeler: 'GA', try: 1 }
const shape = { idColumn: 'id', columns: [{ name: 'label', type: 'label' as const, labels: LABELS }] }
const grade = (csv: string, more: object = {}) =>
  gradeQuiz(quiz, { ...of, ...more }, { gold, shape, submission: bytes(csv), salt })
const csvOf = (ids: readonly string[], say: (id: string) => string = right) =>
  `id,label\n${ids.map((id) => `${id},${say(id)}`).join('\n')}\n`

test('the questions are those of the hash that is written down, and others for another account, try or salt', () => {
  const key = (id: string) =>
    createHash('sha256').update('stellartrain/quiz\0').update(salt).update(`3\0GA\x001\0${id}`).digest('hex')
  const first = asked.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, 5)
  expect(quizQuestions(quiz, of, salt)).toEqual(first.toSorted())
  const sets = [{}, { labeler: 'GB' }, { try: 2 }, { challenge: 4 }].map((more) =>
    quizQuestions(quiz, { ...of, ...more }, salt).join(),
  )
  sets.push(quizQuestions(quiz, of, new Uint8Array(32)).join())
  expect(new Set(sets).size).toBe(5)
})

test('four of five are enough for four fifths, three are not; other questions than those are no answers', () => {
  const ids = quizQuestions(quiz, of, salt)
  const wrongIn = (count: number) =>
    csvOf(ids, (id) => (ids.indexOf(id) < count ? LABELS[(Number(id.slice(1)) + 1) % 3]! : right(id)))
  expect(grade(csvOf(ids))).toMatchObject({ status: 'accepted', goldRows: 5 })
  expect(grade(wrongIn(1))).toMatchObject({ status: 'accepted' })
  expect(grade(wrongIn(2))).toMatchObject({ status: 'rejected', reason: 'below_accuracy' })
  const others = asked.filter((id) => !ids.includes(id)).slice(0, 5)
  expect(grade(csvOf(others))).toMatchObject({ status: 'rejected', reason: expect.stringMatching(/id/) })
  expect(grade(csvOf(ids.slice(1))).status).toBe('rejected')
  expect(grade(csvOf(ids), { try: 2 }).status).toBe('rejected')
})

test('a quiz with items that are labeled, that no one knows, or too few of them is refused before anybody labels', () => {
  const check = (more: Partial<typeof quiz>) => () => checkGold(gold, labeled, 0.8, { ...quiz, ...more })
  expect(check({})).not.toThrow()
  expect(check({ items: [...asked, 'a'] })).toThrow('among those that are to be labeled')
  expect(check({ items: [...asked, 'unknown'] })).toThrow('no known answer')
  expect(check({ questions: 13 })).toThrow('13 of 12')
  // Without the quiz its answers are known items of nothing.
  expect(() => checkGold(gold, labeled, 0.8)).toThrow('not among the items')
})
