/** No file costs much more per byte than a good one, however it is made: a small file must not stop a grader. */

import { expect, test } from 'vitest'
import { grade } from './grade.ts'
import type { Task } from './manifesttask.ts'
import { precheck } from './precheck.ts'
import { LIMITS, type SubmissionShape } from './shape.ts'
import { hashBytes, PROCESS_SEED } from './table/bytetable.ts'
import { leastRatio } from './testing/cpu-time.ts'
import { trial } from './trial.ts'
import { prepareTruth } from './truth.ts'

const BYTES = 200_000
/**
 * How much more than a good file the worst one may cost, which is a file of overlapping tracks with about 100. The quadratic expression that
 * once was here would cost a thousand times as much.
 */
const MOST = 200

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const shape: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] }

/** A file of about `BYTES` bytes whose rows are made by `row`. */
function file(row: (n: number) => string, header = 'id,p'): Uint8Array {
  const rows = [header]
  for (let size = 0, n = 0; size < BYTES; n++) {
    const text = row(n)
    size += text.length + 1
    rows.push(text)
  }
  return bytes(`${rows.join('\n')}\n`)
}

const { maxFieldBytes: LONG } = LIMITS
const digits = (n: number) => '1234567890'.repeat(Math.ceil(n / 10)).slice(0, n)
const values: [string, string][] = [
  ['digits and a letter', `${digits(LONG - 1)}x`],
  ['zeros and a letter', `${'0'.repeat(LONG - 1)}a`],
  ['a point in the middle and a letter', `${digits(LONG / 2)}.${digits(LONG / 2 - 2)}x`],
  ['digits', digits(LONG)],
  ['digits below one', `0.${digits(LONG - 2)}`],
  ['an exponent that does not end', `1e${digits(LONG - 3)}x`],
  ['signs', '+'.repeat(LONG)],
  ['points', '.'.repeat(LONG)],
  ['letters', 'x'.repeat(LONG)],
  ['a word that is nearly one', `nan${'n'.repeat(LONG - 3)}`],
  ['spaces', ' '.repeat(LONG)],
  ['quotes', `"${'""'.repeat(LONG / 2 - 1)}"`],
  ['a quote that does not end', `"${'x'.repeat(LONG)}`],
  ['letters beyond ASCII', 'é'.repeat(LONG / 2)],
  ['a value too long', 'x'.repeat(LONG + 1)],
  ['nothing', ''],
]
const read = (csv: Uint8Array) => precheck(csv, shape)
const honest = file((n) => `${n},0.${digits(6)}`)
read(honest)

/** How many times the CPU time a byte of reading an honest file `run` takes, which reads `size` bytes. */
const times = (size: number, run: () => unknown): number =>
  leastRatio((MOST * size) / honest.length, run, () => read(honest)) * (honest.length / size)

test.each(values)('a file full of values of %s costs no more than a bounded multiple of a good one', (_what, value) => {
  const csv = file((n) => `${n},${value}`)
  expect(times(csv.length, () => read(csv))).toBeLessThan(MOST)
})

const others: [string, Uint8Array][] = [
  ['rows of commas', file(() => ','.repeat(2000))],
  ['blank lines', file((n) => (n % 2 ? '' : `${n},1`))],
  ['broken rows', file((n) => `${n},a"b`)],
  ['one id again and again', file(() => '1,1')],
  ['long ids', file((n) => `${n}${'i'.repeat(4000)},1`)],
  ['carriage returns', file(() => '\r\r\r\r')],
  ['a header of many columns', file(() => '1,1', Array.from({ length: 1000 }, (_, n) => `c${n}`).join(','))],
]
test.each(others)('a file of %s costs no more than a bounded multiple of a good one', (_what, csv) => {
  expect(times(csv.length, () => read(csv))).toBeLessThan(MOST)
})

const texts: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'text' }] }
const textTruth = (size: number, count: number): Uint8Array =>
  bytes(`id,p\n${Array.from({ length: count }, (_, n) => `${n},${'a b '.repeat(size / 4)}\n`).join('')}`)
const gradeTexts = (metric: 'levenshtein' | 'cer' | 'wer' | 'rouge_l', truth: Uint8Array, submission: Uint8Array) =>
  grade({
    ...{ metric, submission, shape: texts, salt: new Uint8Array(32), truth },
    truthShape: { idColumn: 'id', valueColumn: 'p', type: 'text' },
  })

test.each(['levenshtein', 'cer', 'wer', 'rouge_l'] as const)(
  '%s: texts whose comparison would take hours are rejected at the cost of reading them',
  (metric) => {
    // Words are half as many as characters, so of texts of half the length there are four times as many.
    const words = metric === 'wer' || metric === 'rouge_l'
    const [size, count] = words ? [24_000, 69] : [24_000, 17]
    const truth = textTruth(size, count)
    const long = (words ? 'c ' : 'cd').repeat(LIMITS.maxTextCharacters / 2)
    const submission = bytes(`id,p\n${Array.from({ length: count }, (_, n) => `${n},${long}\n`).join('')}`)
    let result: unknown
    const each = times(submission.length, () => (result = gradeTexts(metric, truth, submission)))
    expect(result).toMatchObject({ status: 'rejected', reason: 'too_much_text', code: 64, problemCount: 1 })
    expect(each).toBeLessThan(MOST)
  },
)

test('a text longer than the limit is rejected, characters counted, and a truth with one is refused', () => {
  const { maxTextCharacters: most } = LIMITS
  const of = (text: string): Uint8Array => bytes(`id,p\n0,${text}\n`)
  const truth = of('é'.repeat(100))
  expect(gradeTexts('cer', truth, of('é'.repeat(most)))).toMatchObject({ status: 'graded' })
  const long = of(`${'é'.repeat(most)}x`)
  expect(gradeTexts('cer', truth, long)).toMatchObject({ status: 'rejected', reason: 'text_too_long', code: 63 })
  expect(precheck(long, texts).counts).toEqual({ text_too_long: 1 })
  expect(times(long.length, () => gradeTexts('cer', truth, long))).toBeLessThan(MOST)
  expect(() => gradeTexts('cer', long, truth)).toThrow(expect.objectContaining({ code: 'truth_invalid' }))
})

test('a truth with which texts like its own could not be compared is refused', () => {
  const truth = textTruth(100_000, 2)
  for (const metric of ['cer', 'levenshtein'] as const)
    expect(() => gradeTexts(metric, truth, truth)).toThrow(expect.objectContaining({ code: 'truth_invalid' }))
  expect(gradeTexts('wer', truth, truth)).toMatchObject({ status: 'graded', score: 0 })
})

const lists: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'list' }] }
const ofTracks = { idColumn: 'id', valueColumn: 'boxes', type: 'list', groupColumn: 'group' } as const
const frame = { name: 'frame', type: 'integer' } as const
/** Boxes of as many tracks, all in one place. */
const crowd = (count: number): string => Array.from({ length: count }, (_, n) => `${n} 0 0 9 9`).join(' ')
const gradeTracks = (metric: 'hota' | 'mota' | 'idf1', [truth, submission]: readonly [number, number]) =>
  grade({
    ...{ metric, shape: lists, salt: new Uint8Array(32) },
    truth: bytes(`id,boxes,frame,group\n1,${crowd(truth)},1,s\n`),
    truthShape: { ...ofTracks, moreColumns: [frame] },
    submission: bytes(`id,p\n1,${crowd(submission)}\n`),
  })

test.each(['hota', 'mota', 'idf1'] as const)(
  '%s: boxes that all overlap are rejected before they fill the memory, and a truth of too many boxes is refused',
  (metric) => {
    expect(gradeTracks(metric, [300, 400])).toMatchObject({ status: 'graded' })
    const rejected = { status: 'rejected', reason: 'too_much_text', code: 64 }
    expect(gradeTracks(metric, [1_100, 1_000])).toMatchObject(rejected)
    let result: unknown
    const each = times(bytes(crowd(20_000)).length, () => (result = gradeTracks(metric, [6_000, 20_000])))
    expect(result).toMatchObject(rejected)
    expect(each).toBeLessThan(MOST)
    expect(() => gradeTracks(metric, [16_000, 1])).toThrow(expect.objectContaining({ code: 'truth_invalid' }))
  },
)

const again = (record: string, count: number): string => Array.from({ length: count }, () => record).join(' ')
const boxes = {
  coco_ap: { truth: 'c 0 0 9 9', found: 'c 1 0 0 9 9', own: 2_000, others: 10_000 },
  coco_ar: { truth: 'c 0 0 9 9', found: 'c 1 0 0 9 9', own: 2_000, others: 10_000 },
  voc_ap: { truth: 'c 0 0 9 9', found: 'c 1 0 0 9 9', own: 3_000, others: 16_000 },
  open_images_ap: { truth: 'c 1 0 0 9 9', found: 'c 1 0 0 9 9', own: 3_400, others: 16_000 },
  point_f1: { truth: 'c 0 0 9 9', found: 'c 5 5', own: 2_000, others: 33_000 },
  box3d_ap: { truth: 'c 0 0 0 9 9 9 0', found: 'c 1 0 0 0 9 9 9 0', own: 500, others: 11_000 },
} as const

test.each(Object.keys(boxes) as (keyof typeof boxes)[])(
  '%s: boxes whose comparison would take minutes are rejected at the cost of reading them, and a truth of too many is refused',
  (metric) => {
    const { truth, found, own, others } = boxes[metric]
    const verified = metric === 'open_images_ap'
    const more = { moreColumns: [{ name: 'verified', type: 'list' as const }] }
    const compare = (trueOnes: number, foundOnes: number) =>
      grade({
        ...{ metric, shape: lists, salt: new Uint8Array(32) },
        truth: bytes(
          `id,boxes${verified ? ',verified' : ''}\n${Array.from({ length: 20 }, (_, n) => `${n},${again(truth, trueOnes)}${verified ? ',' : ''}\n`).join('')}`,
        ),
        truthShape: { idColumn: 'id', valueColumn: 'boxes', type: 'list', ...(verified && more) },
        submission: bytes(
          `id,p\n${Array.from({ length: 20 }, (_, n) => `${n},${again(found, foundOnes)}\n`).join('')}`,
        ),
      })
    expect(compare(own / 5, own / 5)).toMatchObject({ status: 'graded' })
    const rejected = { status: 'rejected', reason: 'too_much_text', code: 64 }
    let result: unknown
    const each = times(bytes(again(found, 20 * others)).length, () => (result = compare(own, others)))
    expect(result).toMatchObject(rejected)
    expect(each).toBeLessThan(MOST)
    expect(() => compare(2 * own, 1)).toThrow(expect.objectContaining({ code: 'truth_invalid' }))
  },
)

test('where only the first problem is asked for, reading stops at it and tells the same one', () => {
  const truth = prepareTruth(bytes('id,p\n1,1\n2,2\n3,3\n'), { idColumn: 'id', valueColumn: 'p', type: 'number' })
  const submission = file((n) => `unknown${n},x`)
  const task = { metric: 'rmse' as const, truth, shape, salt: new Uint8Array(32), submission }
  const first = grade({ ...task, maxProblems: 1 })
  const all = grade(task)
  if (first.status !== 'rejected' || all.status !== 'rejected') throw new Error('not rejected')
  expect(first.problems).toEqual(all.problems.slice(0, 1))
  expect(first.problemCount).toBeLessThanOrEqual(2)
  expect(all.problemCount).toBeGreaterThan(10_000)
})

test('a truth with more classes than a call can have arguments can be tried', () => {
  const rows = Array.from({ length: 150_000 }, (_, n) => `${n},c${n === 7 ? 6 : n}`).join('\n')
  const task = {
    metric: 'accuracy',
    params: {},
    shape: { idColumn: 'id', columns: [{ name: 'y', type: 'label' }] },
    truthShape: () => ({ idColumn: 'id', valueColumn: 'y', type: 'label' }),
  } as unknown as Task
  const { perfect, constant } = trial(task, bytes(`id,y\n${rows}\n`), new Uint8Array(32))
  expect(perfect).toMatchObject({ status: 'graded', score: 1 })
  // c6 occurs twice.
  expect(constant).toMatchObject({ status: 'graded', score: 2 / 150_000 })
})

/** Steps of FNV-1a: how far texts are apart behind them depends on the lowest byte of where they began, and on nothing else. */
function fnv(from: number, text: string): number {
  let hash = from
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Two texts after which FNV-1a stands at the same place. */
function alike(from: number): [string, string] {
  const seen = new Map<number, string>()
  for (let n = 0; ; n++) {
    const text = (n + 36 ** 4).toString(36)
    const hash = fnv(from, text)
    const other = seen.get(hash)
    if (other !== undefined) return [other, text]
    seen.set(hash, text)
  }
}

test('who guesses a byte of the seed has no texts that collide', () => {
  let at = (PROCESS_SEED & 255) ^ 0x811c9dc5
  const texts = Array.from({ length: 4 }, () => {
    const two = alike(at)
    at = fnv(at, two[0])
    return two
  }).reduce((all, two) => all.flatMap((text) => two.map((next) => text + next)), [''])
  const hashes = texts.map(bytes).map((text) => hashBytes(text, 0, text.length, PROCESS_SEED))
  expect(texts).toHaveLength(16)
  expect(new Set(hashes).size).toBeGreaterThan(14)
})
