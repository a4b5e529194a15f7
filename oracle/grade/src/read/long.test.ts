/** Files with several rows an id have the score and the content hash of the same file with a cell an id. */

import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { hashSubmission } from '../canonical/hashsubmission.ts'
import { parquetOf, texts } from '../formats/parquet/write.fixture.ts'
import { grade } from '../grade.ts'
import { taskOf } from '../manifesttask.ts'
import { precheck } from '../precheck.ts'
import { trial } from '../trial.ts'
import { prepareTruth } from '../truth.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const wide = {
  ...{ idColumn: 'image', rows: 3, maxBytes: 10_000 },
  columns: [{ name: 'boxes', type: 'list' as const }],
}
const fields = [
  { name: 'label', type: 'string' as const },
  ...['score', 'x', 'y', 'w', 'h'].map((name) => ({ name, type: 'number' as const })),
]
const metric = { id: 'coco_ap', version: 1, params: {} }
const [ofCells, ofRows] = [wide, { ...wide, long: { fields } }].map((submission) => taskOf({ submission, metric }))
const csv = bytes('image,boxes\na,cat 0 0 10 10 dog 20 20 5 5\nb,cat 1 1 4 4\nc,\n')
const truth = prepareTruth(csv, ofRows!.truthShape(csv))
const salt = new Uint8Array(32)
const run = (task: typeof ofRows, text: string) =>
  grade({ metric: 'coco_ap', params: {}, truth, submission: bytes(text), shape: task!.shape, salt })

const HEADER = 'image,label,score,x,y,w,h'
const ROWS = ['a,dog,0.9,20,20,5,5', 'b,cat,0.8,1,1,4,5', 'c,,,,,,', 'a,cat,0.7,0,0,10,9', 'a,cat,0.6,50,50,2,2']
const file = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`

test('a detection a row scores as all detections of an image in a cell, in whatever order they are', () => {
  const cells = run(
    ofCells,
    'image,boxes\na,cat 0.6 50 50 2 2 cat 0.7 0 0 10 9 dog 0.9 20 20 5 5\nb,cat 0.8 1 1 4 5\nc,\n',
  )
  const rows = run(ofRows, file(...ROWS))
  if (cells.status === 'rejected' || rows.status === 'rejected') throw new Error('both are graded')
  expect(rows.score).toBe(cells.score)
  expect(rows.score).toBeGreaterThan(0.4)
  expect(rows.contentHash).toBe(cells.contentHash)
  expect(run(ofRows, file(...ROWS.toReversed()))).toMatchObject({ contentHash: rows.contentHash })
  expect(hashSubmission(bytes(file(...ROWS)), ofRows!.shape, salt)).toBe(rows.contentHash)
  expect(trial(ofRows!, truth, salt)).toMatchObject({ perfect: { score: expect.closeTo(1, 9) } })
})

const formats = ['csv', 'jsonl', 'parquet', 'csv.gz', 'jsonl.zst'] as const
const ofFormats = taskOf({ submission: { ...wide, long: { fields }, formats }, metric })
const values = ROWS.map((row) => row.split(','))
const lines = (rows: readonly (readonly string[])[]) =>
  rows
    .map((cells) => {
      const named = HEADER.split(',').map((name, at) => {
        const cell = cells[at]!
        return [name, cell === '' ? null : at < 2 ? cell : Number(cell)]
      })
      return `${JSON.stringify(Object.fromEntries(named))}\n`
    })
    .join('')
const parquet = parquetOf(
  HEADER.split(',').map((name, at) => ({
    name,
    type: 6,
    pages: [{ values: ROWS.length, body: texts(...values.map((cells) => cells[at]!)) }],
  })),
  ROWS.length,
)

test.each([
  ['JSON Lines', bytes(lines(values))],
  [
    'JSON Lines, with keys in another order',
    bytes(
      lines(values)
        .replaceAll(/"image":("."),(.*?)}/g, '$2,"image":$1}')
        .replaceAll('{"', '{ "'),
    ),
  ],
  ['Parquet', parquet],
  ['a packed CSV', new Uint8Array(gzipSync(file(...ROWS)))],
  ['packed JSON Lines', new Uint8Array(zstdCompressSync(lines(values)))],
])('%s has the score and the content hash of the CSV', (_, submission) => {
  const whole = run(ofRows, file(...ROWS))
  const graded = grade({ metric: 'coco_ap', params: {}, truth, submission, shape: ofFormats.shape, salt })
  if (whole.status === 'rejected' || graded.status === 'rejected') throw new Error(`${JSON.stringify(graded)}`)
  expect(graded).toEqual(whole)
})

test('what is wrong in JSON Lines is told by its line', () => {
  const wrong = lines([...values, ['b', 'cat', 'high', '1', '1', '1', '1']]).replace(
    '"score":null,"x":1,',
    '"score":"high","x":1,',
  )
  const of = (text: string) => precheck(bytes(text), { ...ofFormats.shape, ids: ['a', 'b', 'c'] }).problems[0]
  expect(of(wrong)).toMatchObject({ reason: 'not_a_number', row: 6, column: 'score' })
  expect(of(`${lines(values)}{"image":"b"}\n`)).toMatchObject({ row: 6 })
})

test('a long field ends no file: what stands behind it counts, wherever it stands', () => {
  const long = `c,${'x'.repeat(5_000)},0.5,1,1,1,1`
  const some = ROWS.filter((row) => !row.startsWith('c'))
  const [last, first] = [run(ofRows, file(...some, long)), run(ofRows, file(long, ...some))]
  if (last.status === 'rejected' || first.status === 'rejected') throw new Error('both are graded')
  expect(first).toEqual(last)
  expect(first.score).toBeGreaterThan(0.4)
})

const WRONG: Readonly<Record<string, readonly [string, string, number | null]>> = {
  'an image that is missing': [file(...ROWS.filter((row) => !row.startsWith('c'))), 'missing_id', null],
  'an image that is unknown': [file(...ROWS, 'z,cat,1,1,1,1,1', 'z,cat,1,2,2,2,2'), 'unknown_id', 7],
  'a number that is none': [file(...ROWS, 'b,cat,high,1,1,1,1'), 'not_a_number', 7],
  'a field that is empty': [file(...ROWS, 'b,cat,,1,1,1,1'), 'empty_value', 7],
  'a label of two words': [file(...ROWS, 'b,big cat,1,1,1,1,1'), 'bad_list', 7],
  'another header': [file(...ROWS).replace('label', 'class'), 'unexpected_column', null],
  'a row that is short': [file(...ROWS, 'b,cat,1'), 'ragged_row', 7],
  'a quote that never ends': [file(...ROWS, 'b,"cat,1,1,1,1,1'), 'bad_quoting', 7],
  nothing: ['', 'empty_file', null],
}
test.each(Object.entries(WRONG))('%s is told by its row', (_, [text, reason, row]) => {
  const result = run(ofRows, text)
  expect(result).toMatchObject({ status: 'rejected', reason })
  if (row !== null && result.status === 'rejected') expect(result.problems[0]!.row).toBe(row)
  expect(precheck(bytes(text), { ...ofRows!.shape, ids: ['a', 'b', 'c'] }).ok).toBe(false)
})

test('more rows than are taken are refused, however many are of one id', () => {
  const text = `${HEADER}\n${'a,cat,1,1,1,1,1\n'.repeat(1_000_001)}`
  const { shape } = ofRows!
  expect(precheck(bytes(text), { ...shape, maxBytes: 50_000_000 }).problems).toMatchObject([
    { reason: 'too_many_rows' },
  ])
})

test('is refused where no cell could hold the records', () => {
  const of = (changes: object) => () => taskOf({ submission: { ...wide, long: { fields }, ...changes }, metric })
  expect(of({ columns: [{ name: 'boxes', type: 'string' }] })).toThrow()
  expect(of({ formats: ['wasm'], model: { inputs: [{ name: 'x', type: 'number' }] } })).toThrow('no models')
  expect(of({ long: { fields: [{ name: 'image', type: 'string' }] } })).toThrow('names of their own')
})
