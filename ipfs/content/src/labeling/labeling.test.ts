/** Tasks and answers: every kind has one form that is read back, and whatever is no answer is refused at the part at fault. */
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import * as z from 'zod/mini'
import { golden } from '../testing/golden.ts'
import { type Answer, answerCells, formatAnswer, parseAnswer } from './answer.ts'
import { itemLink } from './item-link.ts'
import { ANSWER_MAX_BYTES, FLAG_CELL, ratingValues } from './limits.ts'
import type { ItemValues } from './refuse.ts'
import { labelingTaskSchema } from './task.ts'
import type { LabelingTask, TaskAnswer } from './task-shape.ts'

const labels = [{ value: 'PER' }, { value: 'LOC' }]
const task = (answer: TaskAnswer, flag = false): Pick<LabelingTask, 'answer' | 'flag'> => ({ answer, flag })
const choice = task({ kind: 'choice', choices: [{ value: 'cat' }, { value: 'dog', title: 'Dog 🐕' }] }, true)
const choices = task({ kind: 'choices', choices: ['x', 'y', 'z'].map((value) => ({ value })), least: 1, most: 2 })
const text = task({ kind: 'text', maxLength: 5 })
const spans = task({ kind: 'spans', column: 'text', labels, most: 50 })
const boxes = task({ kind: 'boxes', column: 'image', labels, size: { width: 'w', height: 'h' } })
const polygons = task({ kind: 'polygons', column: 'image', labels, mostPoints: 5 })
const rating = task({ kind: 'rating', from: 0, to: 1, step: 0.1 })
const preference = task({ kind: 'preference', a: 'left', b: 'right' })
const ranking = task({ kind: 'ranking', columns: ['one', 'two', 'three'] })
const image = { w: '100', h: '50' }

const problem = (path: string, message: string | RegExp = /./) =>
  expect.objectContaining({
    code: 'bad_answer',
    problems: [
      {
        path,
        message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
      },
    ],
  })

test.each<[Pick<LabelingTask, 'answer' | 'flag'>, Answer, string, ItemValues?]>([
  [choice, { kind: 'choice', value: 'dog' }, 'dog'],
  [choice, { kind: 'flag' }, '{"flag":true}'],
  [choices, { kind: 'choices', values: ['x', 'z'] }, '["x","z"]'],
  [text, { kind: 'text', value: 'a😀\n\tb' }, 'a😀\n\tb'],
  [spans, { kind: 'spans', spans: [] }, '[]'],
  [
    spans,
    { kind: 'spans', spans: [{ end: 2, label: 'LOC', start: 1 }] },
    '[{"end":2,"label":"LOC","start":1}]',
    { text: '😀é' },
  ],
  [
    boxes,
    { kind: 'boxes', boxes: [{ height: 49.75, label: 'PER', width: 99.5, x: 0.5, y: 0.25 }] },
    '[{"height":49.75,"label":"PER","width":99.5,"x":0.5,"y":0.25}]',
    image,
  ],
  [
    polygons,
    {
      kind: 'polygons',
      polygons: [
        {
          label: 'LOC',
          points: [
            [0, 0],
            [10, 0],
            [0, 10.01],
          ],
        },
      ],
    },
    '[{"label":"LOC","points":[[0,0],[10,0],[0,10.01]]}]',
  ],
  [rating, { kind: 'rating', value: 0.3 }, '0.3'],
  [preference, { kind: 'preference', value: 'b' }, 'b'],
  [ranking, { kind: 'ranking', order: ['two', 'one', 'three'] }, '["two","one","three"]'],
  [
    task({ kind: 'transcription', column: 'sound', maxLength: 20 }),
    { kind: 'transcription', value: 'Grüezi, "du"' },
    'Grüezi, "du"',
  ],
])('%j: %j is %s, and back', (of, answer, cell, item) => {
  expect(formatAnswer(of, answer, item)).toBe(cell)
  expect(parseAnswer(of, cell, item)).toEqual(answer)
})

test('parts come in one order and coordinates in hundredths, so that equal answers have equal cells', () => {
  const [a, b] = [
    { end: 3, label: 'PER', start: 0 },
    { end: 9, label: 'LOC', start: 5 },
  ]
  expect(formatAnswer(spans, { kind: 'spans', spans: [b!, a!] })).toBe(
    formatAnswer(spans, { kind: 'spans', spans: [a!, b!] }),
  )
  const rough = { height: 10.004, label: 'PER', width: 1 / 3, x: 0.1 + 0.2, y: -0 }
  expect(formatAnswer(boxes, { kind: 'boxes', boxes: [rough] })).toBe(
    '[{"height":10,"label":"PER","width":0.33,"x":0.3,"y":0}]',
  )
  expect(formatAnswer(choices, { kind: 'choices', values: ['z', 'x'] })).toBe('["x","z"]')
})

const box = (more: object) => JSON.stringify([{ height: 10, label: 'PER', width: 10, x: 0, y: 0, ...more }])
test.each<[string, Pick<LabelingTask, 'answer' | 'flag'>, string, string, (string | RegExp)?, ItemValues?]>([
  ['a choice that there is not', choice, 'mouse', '', 'none of cat, dog'],
  ['nothing', choice, '', '', 'empty'],
  ['spaces around', text, ' a', '', 'space'],
  ['a flag that is not asked for', text, FLAG_CELL, '', 'does not allow'],
  ['a flag of another form', choice, '{"flag": true}', ''],
  ['a text that is too long, in code points', text, '😀'.repeat(6), '', '6 characters'],
  ['a text of megabytes', text, 'x'.repeat(20_000_000), '', 'longer than 4096 bytes'],
  ['control characters', text, 'a\u0007', '', 'control'],
  ['a C1 control character', text, 'a\u0085b', '', 'control'],
  ['a lone surrogate', text, 'a\ud800', '', 'Unicode'],
  ['no JSON', spans, 'PER', '', 'not JSON'],
  ['NaN', boxes, '[{"height":NaN}]', '', 'not JSON'],
  ['an infinite number', boxes, box({}).replace('"x":0', '"x":1e999'), 'boxes.0.x'],
  ['deep JSON', spans, '['.repeat(4096), '', 'not JSON'],
  ['deep JSON that is closed', spans, '['.repeat(2000) + ']'.repeat(2000), 'spans.0', 'not an object'],
  ['deeper than the cell', spans, '['.repeat(100_000), '', 'longer'],
  ['an object instead of a list', spans, '{"0":1}', 'spans', 'not a list'],
  [
    'a span that ends before it begins',
    spans,
    '[{"end":1,"label":"PER","start":1}]',
    'spans.0.end',
    'above the start, 1',
  ],
  [
    'a span beyond its text in code points',
    spans,
    '[{"end":3,"label":"PER","start":0}]',
    'spans.0.end',
    'has 2 characters',
    { text: '😀é' },
  ],
  ['half a character', spans, '[{"end":1.5,"label":"PER","start":0}]', 'spans.0.end'],
  ['a label that there is not', spans, '[{"end":1,"label":"ORG","start":0}]', 'spans.0.label', 'not one of the labels'],
  ['a key too many', spans, '[{"end":1,"label":"PER","start":0,"__proto__":{}}]', 'spans.0', '"__proto__"'],
  [
    'parts in another order',
    spans,
    '[{"end":9,"label":"PER","start":5},{"end":3,"label":"PER","start":0}]',
    '',
    'says the same: [{"end":3,',
  ],
  ['a part twice', spans, '[{"end":1,"label":"PER","start":0},{"end":1,"label":"PER","start":0}]', 'spans', 'twice'],
  ['more parts than asked for', spans, JSON.stringify(Array(51).fill(0)), 'spans', 'at most 50'],
  ['thousands of boxes', boxes, JSON.stringify(Array(2000).fill(0)), 'boxes', 'at most 200'],
  ['another form of the same', boxes, box({}).replace(',', ', '), '', 'another form'],
  ['a box outside its image', boxes, box({ x: 95 }), 'boxes.0.width', 'ends at 100', image],
  ['a corner outside its image', boxes, box({ y: 51 }), 'boxes.0.y', '0 to 50', image],
  ['a negative corner', boxes, box({ x: -1 }), 'boxes.0.x'],
  ['a box without width', boxes, box({ width: 0.001 }), 'boxes.0.width', 'above 0'],
  ['a box beyond every image', boxes, box({ width: 1e9 }), 'boxes.0.width'],
  ['text as a number', boxes, box({ x: '1' }), 'boxes.0.x'],
  ['more than hundredths', boxes, box({ x: 0.123 }), '', '"x":0.12'],
  ['a polygon of two points', polygons, '[{"label":"PER","points":[[0,0],[1,1]]}]', 'polygons.0.points', '3 to 5'],
  [
    'too many points',
    polygons,
    '[{"label":"PER","points":[[0,0],[1,1],[2,1],[3,1],[4,1],[5,1]]}]',
    'polygons.0.points',
  ],
  [
    'a polygon on a line',
    polygons,
    '[{"label":"PER","points":[[0,0],[1,1],[2,2]]}]',
    'polygons.0.points',
    'encloses nothing',
  ],
  ['a point of three', polygons, '[{"label":"PER","points":[[0,0,1],[1,1],[2,0]]}]', 'polygons.0.points.0'],
  ['a rating between two', rating, '0.35', '', 'none of 0, 0.1'],
  ['a rating of another form', rating, '0.30', '', 'says the same: 0.3'],
  ['no number', rating, 'NaN', ''],
  ['a tie that is not asked for', preference, 'tie', '', 'none of a, b'],
  ['too few choices', choices, '[]', 'values', 'at least 1'],
  ['too many choices', choices, '["x","y","z"]', 'values', 'at most 2'],
  ['a choice twice', choices, '["x","x"]', 'values', 'twice'],
  ['half a ranking', ranking, '["one","two"]', 'order', '2 of 3'],
  ['a column that is not ranked', ranking, '["one","two","id"]', 'order.2', 'not one of one, two, three'],
  ['numbers as texts', ranking, '[1,2,3]', 'order', 'list of texts'],
])('%s is refused', (_, of, cell, path, message, item) => {
  expect(() => parseAnswer(of, cell, item)).toThrow(problem(path, message ?? /./))
})

test('a program gives no answer of another kind, nothing infinite and nothing too long', () => {
  expect(() => formatAnswer(choice, { kind: 'rating', value: 1 })).toThrow(problem('', 'asks for choice'))
  const endless = { height: 1, label: 'PER', width: Number.POSITIVE_INFINITY, x: 0, y: 0 }
  expect(() => formatAnswer(boxes, { kind: 'boxes', boxes: [endless] })).toThrow(problem('boxes.0.width'))
  expect(() => formatAnswer(boxes, { kind: 'boxes', boxes: [{ ...endless, width: 1, x: Number.NaN }] })).toThrow(
    problem('boxes.0.x'),
  )
  const many = Array.from({ length: 200 }, (_, at) => ({ ...endless, width: 1, x: at }))
  expect(() => formatAnswer(boxes, { kind: 'boxes', boxes: many })).toThrow(
    problem('', `longer than ${ANSWER_MAX_BYTES}`),
  )
})

it('property: whatever can be written is read back as it was, and whatever a cell says is refused or has this one form', () => {
  const part = fc.record({
    start: fc.nat(50),
    length: fc.integer({ min: 1, max: 20 }),
    label: fc.constantFrom('PER', 'LOC'),
  })
  fc.assert(
    fc.property(fc.uniqueArray(part, { maxLength: 20, selector: (one) => JSON.stringify(one) }), (parts) => {
      const answer = {
        kind: 'spans' as const,
        spans: parts.map(({ start, length, label }) => ({ end: start + length, label, start })),
      }
      const cell = formatAnswer(spans, answer)
      expect(formatAnswer(spans, parseAnswer(spans, cell))).toBe(cell)
    }),
  )
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.json({ maxDepth: 6 }))
  const kinds = [choice, choices, text, spans, boxes, polygons, rating, preference, ranking]
  fc.assert(
    fc.property(anything, fc.constantFrom(...kinds), (cell, of) => {
      let answer: Answer
      try {
        answer = parseAnswer(of, cell)
      } catch (error) {
        expect(error).toMatchObject({ name: 'ContentError', code: 'bad_answer' })
        return
      }
      expect(formatAnswer(of, answer)).toBe(cell)
    }),
    { numRuns: 400 },
  )
})

test('where there are few answers all of them are listed', () => {
  expect(answerCells(choice)).toEqual(['cat', 'dog', FLAG_CELL])
  expect(answerCells(rating)).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1'])
  expect(answerCells(preference)).toEqual(['a', 'b'])
  expect(answerCells(spans)).toBeUndefined()
  expect(ratingValues({ from: -1, to: 1, step: 0.5 })).toEqual([-1, -0.5, 0, 0.5, 1])
})

describe('a task', () => {
  const whole: LabelingTask = {
    show: [
      { column: 'text', as: 'text', title: 'Sentence' },
      { column: 'photo', as: 'image' },
    ],
    answer: spans.answer,
    instructions: {
      text: '# Names\n\nMark them.',
      examples: [{ item: { text: 'Ada' }, answer: '[{"end":3,"label":"PER","start":0}]', why: 'A person.' }],
    },
    reviewer: golden.solver,
    flag: true,
  }
  const problemsOf = (changes: object) =>
    labelingTaskSchema
      .safeParse({ ...whole, ...changes })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  it('is what it is, and has a JSON Schema', () => {
    expect(labelingTaskSchema.parse(whole)).toEqual(whole)
    expect(z.toJSONSchema(labelingTaskSchema)).toMatchObject({
      required: ['show', 'answer'],
      additionalProperties: false,
    })
  })

  it.each<[object, string]>([
    [{ show: [] }, 'show: '],
    [{ show: [whole.show[0], whole.show[0]] }, 'show: the items are not distinct'],
    [{ more: 1 }, ': Unrecognized key'],
    [{ answer: { kind: 'guess' } }, 'answer.kind: '],
    [{ answer: { ...spans.answer, column: 'gone' } }, 'answer.column: "gone" is not one of the columns to show'],
    [{ answer: { ...spans.answer, column: 'photo' } }, 'answer.column: "photo" is shown as image, not as text'],
    [{ answer: { ...boxes.answer, column: 'text' } }, 'answer.column: "text" is shown as text, not as image'],
    [{ answer: { kind: 'preference', a: 'text', b: 'text' } }, 'answer.b: is the same column as a'],
    [{ answer: { kind: 'ranking', columns: ['text', 'other'] } }, 'answer.columns.1: "other" is not one'],
    [
      { answer: { kind: 'choice', choices: [{ value: 'a' }, { value: 'a' }] } },
      'answer.choices: the items are not distinct',
    ],
    [
      { answer: { kind: 'choice', choices: [{ value: 'a' }, { value: FLAG_CELL }] } },
      'answer.choices.1.value: is how a flagged',
    ],
    [
      { answer: { kind: 'choice', choices: [{ value: 'a' }, { value: 'b ' }] } },
      'answer.choices.1.value: begins or ends',
    ],
    [{ answer: { ...choices.answer, least: 3 } }, 'answer.least: is more than can be chosen'],
    [{ answer: { ...rating.answer, step: 0.3 } }, 'answer.step: does not lead'],
    [{ answer: { ...rating.answer, step: 0 } }, 'answer.step: '],
    [{ answer: { ...rating.answer, step: 0.0001 } }, 'answer.step: does not lead'],
    [
      {
        instructions: {
          text: 'x',
          examples: [{ item: { text: 'Al' }, answer: whole.instructions!.examples![0]!.answer }],
        },
      },
      'instructions.examples.0.answer: "spans.0.end" of the answer is 3; the text has 2',
    ],
    [{ reviewer: 'me' }, 'reviewer: '],
  ])('%j is refused at its place', (changes, expected) => {
    expect(problemsOf(changes)?.join('\n')).toContain(expected)
  })
})

test('an item links to a file by CID or to https, and to nothing else', () => {
  const cid = golden.cids[3]!.cid
  expect(itemLink(cid)).toEqual({ cid })
  expect(itemLink(`ipfs://${cid}`)).toEqual({ cid })
  expect(itemLink('https://example.org/a b.png')).toEqual({ url: 'https://example.org/a%20b.png' })
  const bad = [
    '',
    'http://example.org/a',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
    '//example.org/a',
    'https://user:pw@example.org/',
    `ipfs://${cid}/../x`,
    `https://example.org/${'x'.repeat(3000)}`,
    'blob:https://example.org/1',
    'https://',
  ]
  for (const cell of bad) expect(() => itemLink(cell), cell).toThrow(expect.objectContaining({ code: 'bad_link' }))
})
