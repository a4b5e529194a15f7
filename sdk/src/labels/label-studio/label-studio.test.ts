/** Label Studio's configurations and results: every supported tag becomes its task, answers survive the way there and back, and hostile files are refused. */
import { type Answer, formatAnswer, type LabelingTask, labelingTaskSchema } from '@stellartrain/ipfs-content/labeling'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { answerOf, type ResultOf, resultsOf } from './results.ts'
import { readLabelStudio } from './tasks.ts'
import { readXml } from './xml.ts'

const refusal = (words: string) =>
  expect.objectContaining({ code: 'bad_input', message: expect.stringContaining(words) })
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const IMAGE = '<Image name="img" value="$image"/>'
const TEXT = '<Text name="t" value="$text"/>'

test.each<[string, string, object]>([
  [
    'one choice',
    `${TEXT}<Choices name="c" toName="t"><Choice value="Yes" alias="y" hint="h"/><Choice value="No"/></Choices>`,
    { kind: 'choice', choices: [{ value: 'y', title: 'Yes', hint: 'h' }, { value: 'No' }] },
  ],
  [
    'many choices',
    `${TEXT}<choices name="c" toName="t" choice="multiple" required="true"><choice value="a"/><choice value="b"/></choices>`,
    { kind: 'choices', choices: [{ value: 'a' }, { value: 'b' }], least: 1 },
  ],
  ['a text', `${TEXT}<TextArea name="c" toName="t"/>`, { kind: 'text', maxLength: 4000 }],
  [
    'a transcription',
    '<Audio name="a" value="$sound"/><TextArea name="c" toName="a"/>',
    { kind: 'transcription', column: 'sound', maxLength: 4000 },
  ],
  [
    'spans',
    `${TEXT}<Labels name="c" toName="t"><Label value="PER" background="red"/></Labels>`,
    { kind: 'spans', column: 'text', labels: [{ value: 'PER' }] },
  ],
  [
    'boxes',
    `${IMAGE}<RectangleLabels name="c" toName="img"><Label value="cat"/></RectangleLabels>`,
    { kind: 'boxes', column: 'image', labels: [{ value: 'cat' }] },
  ],
  [
    'polygons',
    `<View style="x">${IMAGE}</View><PolygonLabels name="c" toName="img"><Label value="cat"/></PolygonLabels>`,
    { kind: 'polygons', column: 'image', labels: [{ value: 'cat' }] },
  ],
  ['a rating', `${TEXT}<Rating name="c" toName="t" maxRating="7"/>`, { kind: 'rating', from: 1, to: 7, step: 1 }],
  [
    'a preference',
    '<Text name="x" value="$left"/><Text name="y" value="$right"/><Pairwise name="c" toName="x,y"/>',
    { kind: 'preference', a: 'left', b: 'right' },
  ],
  ['a ranking', '<List name="l" value="$answers"/><Ranker name="c" toName="l"/>', { kind: 'list', column: 'answers' }],
])('%s', (_, inner, answer) => {
  expect(readConfig(`<View>${inner}</View>`)).toMatchObject({ answer, control: 'c' })
})

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n} "${`&lol${n || ''};`.repeat(10)}">`).join('')}]><View>&lol8;</View>`
test.each<[string, string, string]>([
  ['a billion laughs', laughs, 'document type'],
  ['an outer entity', '<!doctype x [<!entity e SYSTEM "file:///etc/passwd">]><View>&e;</View>', 'document type'],
  ['an entity that nobody declared', '<View>&lol;</View>', 'not XML'],
  ['a huge file', `<View>${' '.repeat(300_000)}</View>`, 'longer than'],
  ['elements as deep as it gets', '<View>'.repeat(30_000), 'deep'],
  ['elements that are closed, too', `${'<View>'.repeat(60)}${'</View>'.repeat(60)}`, 'deep'],
  ['thousands of elements', `<View>${'<View/>'.repeat(6_000)}</View>`, 'more than 5000 elements'],
  ['no XML', 'View', 'not XML'],
  ['nothing', '', 'not XML'],
  [
    'a tag that is not supported',
    `<View>${IMAGE}<BrushLabels name="c" toName="img"/></View>`,
    'the tag brushlabels is not supported',
  ],
  ['a tag named as a part of objects', '<View><constructor name="c"/></View>', 'the tag constructor is not supported'],
  [
    'two questions',
    `<View>${TEXT}<Rating name="a" toName="t"/><Rating name="b" toName="t"/></View>`,
    'asks two things',
  ],
  ['no question', `<View>${TEXT}</View>`, 'nothing is asked'],
  [
    'a tree of choices',
    `<View>${TEXT}<Choices name="c" toName="t"><Choice value="a"><Choice value="b"/></Choice></Choices></View>`,
    'trees are not supported',
  ],
  [
    'what depends on other answers',
    `<View>${TEXT}<Choices name="c" toName="t" perRegion="true"><Choice value="a"/></Choices></View>`,
    'depends on other answers',
  ],
  [
    'regions of sounds',
    '<View><Audio name="a" value="$s"/><Labels name="c" toName="a"><Label value="x"/></Labels></View>',
    'labels over audio',
  ],
  ['an object that there is not', '<View><TextArea name="c" toName="gone"/></View>', 'toName of an object'],
  [
    'a value that is a path',
    '<View><Text name="t" value="$a.b[0]"/><TextArea name="c" toName="t"/></View>',
    'is not a name',
  ],
  ['a pair of one', `<View>${TEXT}<Pairwise name="c" toName="t"/></View>`, 'two objects'],
])('%s is refused', (_, xml, words) => {
  expect(() => readConfig(xml)).toThrow(refusal(words))
})

test('quotes with angles and comments are no elements', () => {
  const element = readXml('<View><!-- <a><b> --><Header value="1 &lt; 2 &amp; 3"/></View>')
  expect(element).toMatchObject({ tag: 'view', children: [{ tag: 'header', attributes: { value: '1 < 2 & 3' } }] })
})

const size = { width: 200, height: 100 }
const labels = [{ value: 'x' }, { value: 'y' }]
const of = (kind: Answer['kind'], more: Partial<ResultOf> = {}): ResultOf => ({
  control: 'c',
  target: 't',
  kind,
  ...more,
})
test.each<[LabelingTask['answer'], Answer, Partial<ResultOf>]>([
  [{ kind: 'choice', choices: labels }, { kind: 'choice', value: 'x' }, {}],
  [{ kind: 'choices', choices: labels }, { kind: 'choices', values: ['x', 'y'] }, {}],
  [{ kind: 'text', maxLength: 20 }, { kind: 'text', value: 'so\nso' }, {}],
  [{ kind: 'rating', from: 1, to: 5, step: 1 }, { kind: 'rating', value: 4 }, {}],
  [{ kind: 'preference', a: 'l', b: 'r' }, { kind: 'preference', value: 'b' }, {}],
  [
    { kind: 'ranking', columns: ['p', 'q'] },
    { kind: 'ranking', order: ['q', 'p'] },
    {
      entries: [
        { column: 'p', id: 'A' },
        { column: 'q', id: 'B' },
      ],
    },
  ],
  [
    { kind: 'spans', column: 't', labels },
    { kind: 'spans', spans: [{ end: 3, label: 'y', start: 2 }] },
    { text: '😀 é😀' },
  ],
  [
    { kind: 'boxes', column: 't', labels },
    { kind: 'boxes', boxes: [{ height: 12.34, label: 'x', width: 56.78, x: 0.01, y: 33.33 }] },
    { size },
  ],
  [
    { kind: 'polygons', column: 't', labels },
    {
      kind: 'polygons',
      polygons: [
        {
          label: 'y',
          points: [
            [0, 0],
            [199.99, 0.07],
            [3, 99],
          ],
        },
      ],
    },
    { size },
  ],
])('%j: answers are the same after the way to Label Studio and back', (answer, given, more) => {
  const results = resultsOf(given, of(given.kind, more))!
  const back = answerOf(JSON.parse(JSON.stringify(results)), of(given.kind, more))!
  expect(formatAnswer({ answer }, back)).toBe(formatAnswer({ answer }, given))
})

test('offsets of spans are UTF-16 units there and code points here; places on images are percent there', () => {
  const [span] = resultsOf(
    { kind: 'spans', spans: [{ end: 3, label: 'x', start: 2 }] },
    of('spans', { text: '😀 é😀' }),
  )!
  expect(span).toEqual({
    from_name: 'c',
    to_name: 't',
    type: 'labels',
    value: { start: 3, end: 4, text: 'é', labels: ['x'] },
  })
  const [box] = resultsOf(
    { kind: 'boxes', boxes: [{ height: 50, label: 'x', width: 50, x: 100, y: 0 }] },
    of('boxes', { size }),
  )!
  expect(box).toMatchObject({
    original_width: 200,
    value: { x: 50, y: 0, width: 25, height: 50, rotation: 0, rectanglelabels: ['x'] },
  })
  expect(resultsOf({ kind: 'boxes', boxes: [] }, of('boxes'))).toBeUndefined()
  expect(resultsOf({ kind: 'flag' }, of('boxes', { size }))).toEqual([])
  const turned = [
    {
      from_name: 'c',
      to_name: 't',
      type: 'rectanglelabels',
      value: { x: 1, y: 1, width: 2, height: 2, rotation: 30, rectanglelabels: ['x'] },
    },
  ]
  expect(answerOf(turned, of('boxes', { size }))).toBeUndefined()
})

test('a list to rank becomes a column for each entry, and ground truth the known answer', () => {
  const config =
    '<View><Text name="q" value="$prompt"/><List name="l" value="$answers"/><Ranker name="c" toName="l"/></View>'
  const answers = [
    { id: 'm1', title: 'One', body: 'First' },
    { id: 'm2', body: 'Second' },
  ]
  const truth = {
    ground_truth: true,
    result: [{ from_name: 'c', to_name: 'l', type: 'ranker', value: { ranker: { rank: ['m2', 'm1'] } } }],
  }
  const { table, task, known } = readLabelStudio(
    config,
    json([
      { id: 1, data: { prompt: 'Why?', answers }, annotations: [truth] },
      { id: 2, data: { prompt: 'How?', answers } },
    ]),
  )
  expect(table).toEqual({
    idColumn: 'id',
    header: ['id', 'prompt', 'answers_1', 'answers_2'],
    rows: [
      ['1', 'Why?', 'First', 'Second'],
      ['2', 'How?', 'First', 'Second'],
    ],
  })
  expect(labelingTaskSchema.parse(task)).toEqual(task)
  expect([...known.keys()]).toEqual(['1'])
  expect(formatAnswer(task, known.get('1')!({})!)).toBe('["answers_2","answers_1"]')
})

test('tasks without "data" are their own data, and one task is a list of it, as Label Studio imports them', () => {
  const config = `<View>${TEXT}<Rating name="c" toName="t"/></View>`
  const rowsOf = (tasks: unknown) => readLabelStudio(config, json(tasks)).table.rows
  expect(rowsOf([{ text: 'x' }, { text: 'y', more: 1 }])).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ])
  expect(rowsOf([{ id: 5, text: 'x', annotator: 1 }])).toEqual([['5', 'x']])
  expect(rowsOf({ id: 7, data: { text: 'x' } })).toEqual([['7', 'x']])
})

test.each<[string, unknown, string]>([
  ['no list', 'x', 'not a list'],
  ['no tasks', [], 'not a list of 1'],
  ['a task without data', [{ id: 1 }], 'task 1 has no text "text"'],
  ['data that are a text', [{ id: 1, data: 'x' }], '"data" of task 1 is not an object'],
  ['a task that is none', ['x'], 'task 1 is not an object'],
  [
    'an id that JSON rounds',
    [{ id: 2 ** 60, data: { text: 'x' } }],
    'the id of task 1 is a number of more than 15 digits',
  ],
  [
    'a number that JSON rounds',
    [{ id: 1, data: { text: 2 ** 60 } }],
    '"text" of task 1 is a number of more than 15 digits',
  ],
  ['a task without what is shown', [{ id: 5, data: { other: 'x' } }], 'task 5 has no text "text"'],
  ['a list where a text is shown', [{ id: 5, data: { text: ['x'] } }], 'task 5 has no text "text"'],
  [
    'an id twice',
    [
      { id: 5, data: { text: 'x' } },
      { id: 5, data: { text: 'y' } },
    ],
    'has the id of an item before it',
  ],
])('tasks: %s is refused', (_, tasks, words) => {
  const config = `<View>${TEXT}<Rating name="c" toName="t"/></View>`
  expect(() => readLabelStudio(config, json(tasks))).toThrow(refusal(words))
})
