/** The check of answers against the document refuses what it must. */
import { expect, test } from 'vitest'
import { createDocumentCheck } from './document.ts'

const check = createDocumentCheck()
const json = (path: string, body: unknown, status = 200) =>
  check({ method: 'GET', path, status, type: 'application/json', body: JSON.stringify(body) })

test.each([
  ['a field that is not described', { data: [{ code: 1, name: 'a', sentence: 'b', more: 1 }] }, /unevaluated/],
  ['a field that is missing', { data: [{ code: 1, name: 'a' }] }, /sentence/],
  ['null where none is described', { data: [{ code: null, name: 'a', sentence: 'b' }] }, /integer/],
])('%s', (_, body, wrong) => {
  expect(json('/v1/errors', body)).toMatch(wrong)
})

test('what is described passes; statuses and paths that are not, do not', () => {
  expect(json('/v1/errors', { data: [{ code: 1, name: 'a', sentence: 'b' }] })).toBeNull()
  expect(json('/v1/errors', {}, 418)).toMatch('not in the document')
  expect(json('/v1/nothing', {})).toMatch('not in the document')
  expect(check({ method: 'GET', path: '/v1/errors', status: 200, type: 'text/csv', body: '' })).toMatch('text/csv')
})
