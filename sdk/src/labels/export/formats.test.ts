/** Exports as the programs that they are for read them: pycocotools, pyarrow and spaCy by golden files, Label Studio by our own importer, the rest by their text. */
import { readFileSync } from 'node:fs'
import { formatAnswer, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { expect, test } from 'vitest'
import { csvRows } from '../../challenge/csv.ts'
import { agree, METHODS } from '../consensus.ts'
import { readLabelStudio } from '../label-studio/tasks.ts'
import { coco } from './coco.ts'
import { exportLabels, FORMATS } from './export.ts'
import { huggingface } from './huggingface.ts'
import { boxesExport, choiceExport, exportedOf, namesExport, polygonsExport, spansTask } from './labels.fixture.ts'
import { conll, spacy, tokensOf } from './spans.ts'

const vector = (name: string) => readFileSync(new URL(`../../../vectors/labels/${name}`, import.meta.url))
const read = JSON.parse(vector('read.json').toString())
const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)
const span = (start: number, end: number, label: string) => ({ end, label, start })
const spansCell = (...spans: ReturnType<typeof span>[]) => formatAnswer(spansTask, { kind: 'spans', spans })
const named = '😀 Ada Lovelace, of London.'
const spansExport = exportedOf(
  spansTask,
  { s1: { text: named }, s2: { text: 'Nobody' } },
  {
    s1: {
      A: spansCell(span(2, 14, 'PER'), span(19, 25, 'LOC')),
      B: spansCell(span(2, 14, 'PER'), span(19, 26, 'LOC')),
      C: spansCell(span(6, 14, 'PER')),
    },
    s2: { A: '[]', B: '[]', C: '[]' },
  },
)

test('COCO is what pycocotools read: categories, sizes, boxes, and areas as it draws them', () => {
  expect(text(coco(boxesExport)[0]!)).toBe(vector('boxes.json').toString())
  expect(text(coco(polygonsExport)[0]!)).toBe(vector('polygons.json').toString())
  expect(read.boxes).toMatchObject({ categories: ['cat', 'dog'], images: { 1: [640, 480], 2: [640, 480] } })
  // Medians of the edges of three boxes; the flagged and the unlabeled image are left out, and the empty one is there.
  expect(read.boxes.annotations).toMatchObject([{ image: 1, category: 'cat', bbox: [11, 20, 99, 82.5] }])
  for (const { drawn, area } of [...read.boxes.annotations, ...read.polygons.annotations])
    expect(Math.abs(drawn - area) / area).toBeLessThan(0.02)
})

test('Parquet is what pyarrow read: types, nulls for what nobody labeled, and every vote', () => {
  const [file, card] = huggingface(choiceExport)
  expect(Buffer.from(file!.bytes).equals(vector('train.parquet'))).toBe(true)
  expect(read.parquet.schema).toEqual({
    id: 'string',
    text: 'string',
    answer: 'string',
    confidence: 'double',
    votes: 'string',
    flags: 'int32',
    batches: 'string',
  })
  expect(read.parquet.rows).toMatchObject([
    { id: 'a', text: 'One, "two"\nthree', answer: 'yes', confidence: 2 / 3, batches: '[1,2,3]' },
    { id: 'b', answer: 'no', confidence: 1 },
    { id: 'c', text: 'Five 😀', answer: null, confidence: null, votes: '[]' },
  ])
  const words = text(card!)
  for (const line of [
    'pretty_name: "Names: \\"all\\" & more"',
    'license: cc-by-4.0',
    '- text-classification',
    '- n<1K',
    `    path: ${file!.name}`,
  ])
    expect(words.split('\n')).toContain(line)
})

test('CSV and JSON Lines have each item with consensus, confidence and the batches of its votes', async () => {
  const [labels, votes, way] = await exportLabels(choiceExport, 'csv')
  expect(csvRows(labels!.bytes)).toEqual([
    ['id', 'text', 'consensus', 'confidence', 'votes', 'flags', 'batches'],
    ['a', 'One, "two"\nthree', 'yes', String(2 / 3), '3', '0', '1 2 3'],
    ['b', 'Four', 'no', '1', '2', '0', '1 2'],
    ['c', 'Five 😀', '', '', '0', '0', ''],
  ])
  expect(csvRows(votes!.bytes)![1]).toEqual([
    'a',
    'A',
    'yes',
    '1',
    '0'.repeat(64),
    expect.stringMatching(/^baf/),
    'f'.repeat(64),
  ])
  expect(JSON.parse(text(way!))).toMatchObject({
    ...{
      format: 'stellartrain/labels-provenance',
      challenge: 7,
      method: 'majority',
      coverage: { items: 3, labeled: 2, votes: 5 },
    },
    batches: [
      { number: 1, labeler: 'A', contentHash: '0'.repeat(64), transaction: { hash: 'f'.repeat(64), ledger: 100 } },
      {},
      {},
    ],
    itemBatches: { a: [1, 2, 3], b: [1, 2], c: [] },
  })
  const lines = text((await exportLabels(spansExport, 'jsonl'))[0]!)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines[0]).toMatchObject({
    id: 's1',
    item: { text: named },
    answer: { spans: [span(2, 14, 'PER'), span(19, 25, 'LOC')] },
  })
  expect(lines[0].confidence).toBeCloseTo((1 + 2 / 3) / 2, 12)
  expect(lines[1]).toMatchObject({ answer: { kind: 'spans', spans: [] }, confidence: 1 })
})

test('CoNLL has a token a line with IOB2 tags; spaCy has entities in code points', async () => {
  const tokens = ['😀\tO', 'Ada\tB-PER', 'Lovelace\tI-PER', ',\tO', 'of\tO', 'London\tB-LOC', '.\tO']
  expect(text((await exportLabels(spansExport, 'conll'))[0]!)).toBe(`${tokens.join('\n')}\n\nNobody\tO\n`)
  expect(text((await exportLabels(spansExport, 'conll'))[1]!)).toBe('text,id\n1,s1\n2,s2\n')
  expect(tokensOf(named).at(-2)).toEqual({ text: 'London', start: 19, end: 25 })
  expect(text((await exportLabels(spansExport, 'spacy'))[0]!).split('\n')[0]).toBe(
    JSON.stringify({
      text: named,
      entities: [
        [2, 14, 'PER'],
        [19, 25, 'LOC'],
      ],
      meta: {
        id: 's1',
        spans: [
          [2, 14, 'PER'],
          [19, 25, 'LOC'],
        ],
      },
    }),
  )
})

test('CoNLL and spaCy’s lines are what spaCy read, with spans that overlap or have spaces around them', () => {
  expect(text(conll(namesExport)[0]!)).toBe(vector('names.conll').toString())
  expect(text(spacy(namesExport)[0]!)).toBe(vector('names.spacy.jsonl').toString())
  expect(read.conll.map(({ entities }: { entities: unknown }) => entities)).toEqual([
    [
      ['Ada Lovelace', 'PER'],
      ['London , England', 'LOC'],
    ],
    [['Rome', 'LOC']],
    [],
  ])
  expect(read.spacy).toEqual([
    [
      ['Ada Lovelace', 'PER'],
      ['London, England', 'LOC'],
    ],
    [],
    [['Rome', 'LOC']],
    [],
  ])
})

test('of spans that overlap spaCy’s entities have one, none has spaces around it, and the meta data have all; a text without a token is no blank line in CoNLL', async () => {
  const both = spansCell(span(0, 8, 'LOC'), span(0, 13, 'LOC'), span(5, 13, 'PER'))
  const found = exportedOf(
    spansTask,
    { a: { text: 'New York City' }, b: { text: '\t' }, c: { text: 'in Rome' } },
    { a: { A: both, B: both }, b: { A: '[]', B: '[]' }, c: { A: spansCell(span(2, 7, 'LOC')) } },
  )
  const [first, , third] = text((await exportLabels(found, 'spacy'))[0]!).split('\n')
  expect(JSON.parse(first!)).toMatchObject({
    entities: [[0, 13, 'LOC']],
    meta: {
      spans: [
        [0, 8, 'LOC'],
        [0, 13, 'LOC'],
        [5, 13, 'PER'],
      ],
    },
  })
  expect(JSON.parse(third!)).toMatchObject({ entities: [[3, 7, 'LOC']], meta: { spans: [[2, 7, 'LOC']] } })
  const [lines, ids] = await exportLabels(found, 'conll')
  expect([text(lines!), text(ids!)]).toEqual([
    'New\tB-LOC\nYork\tI-LOC\nCity\tI-LOC\n\nin\tO\nRome\tB-LOC\n',
    'text,id\n1,a\n2,c\n',
  ])
})

const two = { left: 'L <b>', right: 'R' }
const shown = [
  { column: 'left', as: 'text' as const },
  { column: 'right', as: 'text' as const },
]
const tasks: [LabelingTask, string][] = [
  [
    { show: shown, answer: { kind: 'choice', choices: [{ value: 'a&"b', title: 'A <', hint: 'h' }, { value: 'c' }] } },
    'a&"b',
  ],
  [{ show: shown, answer: { kind: 'choices', choices: [{ value: 'x' }, { value: 'y' }], least: 1 } }, '["x","y"]'],
  [{ show: shown, answer: { kind: 'text', maxLength: 4_000 } }, 'so < so'],
  [{ show: shown, answer: { kind: 'rating', from: 1, to: 5, step: 1 } }, '4'],
  [{ show: shown, answer: { kind: 'preference', a: 'left', b: 'right' } }, 'b'],
  [
    { show: shown, answer: { kind: 'spans', column: 'left', labels: [{ value: 'x' }] } },
    '[{"end":3,"label":"x","start":0}]',
  ],
]
test.each(tasks)(
  'Label Studio reads $answer.kind as it was, with every vote as annotation and the consensus as prediction',
  async (task, cell) => {
    const exported = exportedOf(task, { one: two }, { one: { A: cell, B: cell } })
    const [config, json] = await exportLabels(exported, 'label-studio')
    const given = JSON.parse(text(json!))
    expect(given[0]).toMatchObject({
      meta: { item: 'one', labelers: ['A', 'B'], batches: [1, 2] },
      predictions: [{ model_version: 'majority', score: 1 }],
    })
    // What a result is about is what the configuration says of its control: Label Studio leaves out others. Pairwise is about itself.
    const [, named] = /name="answer" toName="([^"]+)"/.exec(text(config!))!
    const { result } = given[0].annotations[0]
    expect(result).toMatchObject([{ from_name: 'answer', to_name: named!.includes(',') ? 'answer' : named }])
    given[0].annotations[0].ground_truth = true
    const back = readLabelStudio(text(config!), new TextEncoder().encode(JSON.stringify(given)))
    expect(back.task).toEqual({ show: shown, answer: task.answer })
    expect(formatAnswer(task, back.known.get('1')!(two)!, two)).toBe(cell)
  },
)

test('Label Studio gets boxes in percent, addresses for CIDs, flags as skipped tasks, and rankings as lists', async () => {
  const [config, json] = await exportLabels(boxesExport, 'label-studio')
  expect(text(config!)).toContain(
    '<RectangleLabels name="answer" toName="image"><Label value="cat"/><Label value="dog"/></RectangleLabels>',
  )
  const [first, , third] = JSON.parse(text(json!))
  expect(first.data.image).toMatch(/^https:\/\/gateway.example\/ipfs\/baf/)
  expect(first.annotations[0].result[0]).toMatchObject({
    type: 'rectanglelabels',
    original_width: 640,
    value: { x: (10 / 640) * 100, rotation: 0 },
  })
  expect(third.annotations[0]).toEqual({ result: [], was_cancelled: true })
  expect(third.predictions).toEqual([])
  const ranking: LabelingTask = { show: shown, answer: { kind: 'ranking', columns: ['left', 'right'] } }
  const ranked = exportedOf(ranking, { one: two }, { one: { A: '["right","left"]' } })
  const [lists, task] = await exportLabels(ranked, 'label-studio')
  expect(text(lists!)).toContain('<List name="ranked" value="$ranked"/>')
  expect(JSON.parse(text(task!))[0].annotations[0].result[0]).toMatchObject({
    ...{ from_name: 'answer', to_name: 'ranked' },
    // Under the name of the control: under another Label Studio shows an empty list.
    value: { ranker: { answer: ['right', 'left'] } },
  })
  const tied: LabelingTask = {
    show: [{ column: 'q', as: 'text' }, ...shown],
    answer: { kind: 'preference', a: 'left', b: 'right', tie: true },
  }
  const [choices, said] = await exportLabels(
    exportedOf(tied, { one: { q: '?', ...two } }, { one: { A: 'tie' } }),
    'label-studio',
  )
  expect(text(choices!)).toContain('<Choices name="answer" toName="q">')
  expect(JSON.parse(text(said!))[0].annotations[0].result[0]).toMatchObject({
    ...{ from_name: 'answer', to_name: 'q', type: 'choices', value: { choices: ['tie'] } },
  })
})

test('a format that does not have these answers, or lacks sizes, is refused', async () => {
  for (const format of FORMATS) {
    const fits = !['coco', 'conll', 'spacy'].includes(format)
    if (fits) expect((await exportLabels(choiceExport, format)).at(-1)!.name).toBe('provenance.json')
    else await expect(exportLabels(choiceExport, format)).rejects.toMatchObject({ code: 'bad_input' })
  }
  const answer = { kind: 'boxes' as const, column: 'left', labels: [{ value: 'x' }] }
  const unsized = exportedOf({ show: [{ column: 'left', as: 'image' }], answer }, { one: two }, { one: { A: '[]' } })
  await expect(exportLabels(unsized, 'coco')).rejects.toThrow('needs the sizes of the images')
})

test('every method agrees on what all say, models only where labels are few, and flags count where most flag', () => {
  for (const method of METHODS) {
    const items = agree(choiceExport.labels, method)
    expect(items.map(({ cell }) => cell)).toEqual(['yes', 'no', ''])
    if (method !== 'majority')
      expect(() => agree(spansExport.labels, method)).toThrow(expect.objectContaining({ code: 'bad_input' }))
  }
  expect(boxesExport.items.map(({ answer, flags }) => [answer?.kind, flags])).toEqual([
    ['boxes', 0],
    ['boxes', 0],
    ['flag', 2],
    [undefined, 0],
  ])
  const choices: LabelingTask = {
    show: shown,
    answer: { kind: 'choices', choices: ['x', 'y', 'z'].map((value) => ({ value })) },
  }
  const many = exportedOf(choices, { one: two }, { one: { A: '["x","y"]', B: '["x"]', C: '["x","z"]' } })
  expect(many.items[0]).toMatchObject({ cell: '["x"]', confidence: 2 / 3 })
  const ranking: LabelingTask = {
    show: [...shown, { column: 'id', as: 'text' }],
    answer: { kind: 'ranking', columns: ['left', 'right', 'id'] },
  }
  const ranked = exportedOf(
    ranking,
    { one: two },
    { one: { A: '["right","left","id"]', B: '["right","id","left"]', C: '["right","left","id"]' } },
  )
  expect(ranked.items[0]).toMatchObject({ cell: '["right","left","id"]', confidence: 8 / 9 })
})
