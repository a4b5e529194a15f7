/** What must hold for every file: looks never change a verdict, and no bytes whatever make the engine fail. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashSubmission } from './canonical/hashsubmission.ts'
import { GradeError } from './errors.ts'
import { type GradeInput, grade } from './grade.ts'
import { precheck } from './precheck.ts'
import { idTexts } from './table/ids.ts'
import { prepareTruth } from './truth.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const salt = new Uint8Array(32)
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Valid texts for ids and labels: no control characters, no padding, no lone surrogates. */
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.normalize('NFD').trim())
  .filter((text) => text !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed())
const id = fc.oneof(word, fc.nat(30).map(String), fc.nat(10 ** 9).map(String))
const label = fc.oneof(fc.constantFrom('a', 'b', 'long label'), word)
const row = fc.record({
  id,
  truth: label,
  label,
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  key: fc.nat(),
})
const table = fc.uniqueArray(row, { selector: (r) => r.id, minLength: 1, maxLength: 40 })

/** Other ways to write the same number. */
const spellings: ((x: number) => string)[] = [
  String,
  (x) => x.toExponential(),
  (x) => `${x < 0 || Object.is(x, -0) ? '' : '+'}${x}`,
  (x) => (/^-?\d+$/.test(String(x)) ? `${x}.000` : String(x).replace('e', 'E')),
  (x) => String(x).replace(/^(-?)(\d)/, '$100$2'),
]

interface Looks {
  quoted: boolean
  swapped: boolean
  crlf: boolean
  bom: boolean
  spelling: number
}
const looks = fc.record<Looks>({
  quoted: fc.boolean(),
  swapped: fc.boolean(),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  spelling: fc.nat(spellings.length - 1),
})

function write(rows: readonly (readonly [string, string | number])[], name: string, style: Looks): Uint8Array {
  const cell = (value: string | number): string => {
    const text = typeof value === 'number' ? spellings[style.spelling]!(value) : value
    return style.quoted || /[",]/.test(text) ? quote(text) : text
  }
  const lines = [['id', name] as const, ...rows].map(([a, b]) => (style.swapped ? [b, a] : [a, b]).map(cell).join(','))
  return bytes((style.bom ? '\ufeff' : '') + lines.join(style.crlf ? '\r\n' : '\n'))
}
const plain: Looks = { quoted: false, swapped: false, crlf: false, bom: false, spelling: 0 }
const byKey = <T extends { key: number }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => a.key - b.key)

test('order, quotes, line ends and spelling change neither score nor hash', () => {
  fc.assert(
    fc.property(table, looks, looks, (rows, style, truthStyle) => {
      const shuffled = byKey(rows)
      const labels = (of: typeof rows) => of.map((r) => [r.id, r.label] as const)
      const values = (of: typeof rows) => of.map((r) => [r.id, r.value / 1e300] as const)
      const labelTask = (truth: Uint8Array, submission: Uint8Array): GradeInput => ({
        metric: 'f1_macro',
        truth,
        truthShape: { idColumn: 'id', valueColumn: 't', type: 'label' },
        submission,
        shape: { idColumn: 'id', columns: [{ name: 'p', type: 'label' }] },
        salt,
      })
      const numberTask = (truth: Uint8Array, submission: Uint8Array): GradeInput => ({
        ...labelTask(truth, submission),
        metric: 'rmse',
        truthShape: { idColumn: 'id', valueColumn: 't', type: 'number' },
        shape: { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] },
      })
      const truthOf = (of: typeof rows, s: Looks) =>
        write(
          of.map((r) => [r.id, r.truth]),
          't',
          s,
        )
      const numbersOf = (of: typeof rows, s: Looks) =>
        write(
          of.map((r) => [r.id, r.key]),
          't',
          s,
        )

      const onLabels = grade(labelTask(truthOf(rows, plain), write(labels(rows), 'p', plain)))
      expect(onLabels.status).toBe('graded')
      expect(grade(labelTask(truthOf(shuffled, truthStyle), write(labels(shuffled), 'p', style)))).toEqual(onLabels)

      const onNumbers = grade(numberTask(numbersOf(rows, plain), write(values(rows), 'p', plain)))
      expect(onNumbers.status).toBe('graded')
      expect(grade(numberTask(numbersOf(shuffled, truthStyle), write(values(shuffled), 'p', style)))).toEqual(onNumbers)

      // With the ids unknown the same hash comes out.
      const shape: GradeInput['shape'] = { idColumn: 'id', columns: [{ name: 'p', type: 'label' }] }
      expect(onLabels).toMatchObject({ contentHash: hashSubmission(write(labels(shuffled), 'p', style), shape, salt) })
    }),
    { numRuns: 150 },
  )
})

test('another value has another hash', () => {
  const shape: GradeInput['shape'] = { idColumn: 'id', columns: [{ name: 'p', type: 'label' }] }
  fc.assert(
    fc.property(table, fc.nat(), word, (rows, at, other) => {
      const cells = rows.map((r) => [r.id, r.label] as const)
      const changed = cells.with(at % cells.length, [cells[at % cells.length]![0], `${other}!`])
      fc.pre(changed[at % cells.length]![1] !== cells[at % cells.length]![1])
      const hash = (of: typeof cells) => hashSubmission(write(of, 'p', plain), shape, salt)
      expect(hash(cells)).toBeDefined()
      expect(hash(changed)).not.toBe(hash(cells))
    }),
    { numRuns: 100 },
  )
})

test('ids are ranked by their UTF-8 bytes, whether they are numbers or texts', () => {
  const numbers = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 150 }).map((ids) => ids.map(String))
  const texts = fc.uniqueArray(id, { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(fc.oneof(numbers, texts), (ids) => {
      const csv = write(
        ids.map((text) => [text, 'x']),
        't',
        plain,
      )
      const truth = prepareTruth(csv, { idColumn: 'id', valueColumn: 't', type: 'label' })
      const sorted = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(idTexts(truth.index, () => true, ids.length)).toEqual(sorted)
    }),
    { numRuns: 200 },
  )
})

test('the fast way through simple rows judges as the careful way does', () => {
  // Quoted values are read the careful way; of the others, decimal ids before one column have a way of their own.
  const ids = Array.from({ length: 40 }, (_, i) => i)
  const cell = fc.oneof(
    fc.nat(45).map(String),
    fc.string({ unit: fc.constantFrom(...'0159.-+eE ax\té'), maxLength: 6 }),
    fc.constantFrom(
      '1234567890',
      '999999999',
      '007',
      '-0',
      '0.1234567890123456789',
      '1e999',
      'nan',
      'cat',
      'x'.repeat(70),
    ),
  )
  const odd = fc.array(fc.tuple(fc.nat(25), cell, fc.oneof(fc.constant('1'), cell)), { maxLength: 4 })
  const types = fc.constantFrom('number', 'integer', 'probability', 'label', 'listed')
  const begins = fc.constantFrom('', 'p-')
  fc.assert(
    fc.property(odd, types, fc.boolean(), begins, fc.boolean(), (changes, type, known, begin, wide) => {
      const rows = ids.map((i): string[] => [`${begin}${i}`, type === 'number' ? `${i / 8}` : '1', `${i}`])
      for (const [at, a, b] of changes) rows[at] = [`${begin}${a}`, b, a]
      const file = (cell: (text: string) => string, swapped = false) =>
        bytes(
          [['id', 'p', 'q'], ...rows]
            .map((row) => row.slice(0, wide ? 3 : 2).map(cell))
            .map((row) => (swapped ? row.toReversed() : row).join(','))
            .join('\n'),
        )
      const column = type === 'listed' ? { type: 'label' as const, labels: ['1', 'cat'] } : { type: type as 'number' }
      const shape = {
        idColumn: 'id',
        columns: [{ name: 'p', ...column }, ...(wide ? [{ name: 'q', type: 'label' as const }] : [])],
        ...(known && { ids: ids.map((i) => `${begin}${i}`) }),
      }
      const careful = precheck(file(quote), shape)
      expect(precheck(file(String), shape)).toEqual(careful)
      expect(precheck(file(String, true), shape)).toEqual(careful)
    }),
    { numRuns: 1500 },
  )
})

test('the fast way reads the same numbers and labels', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x.toFixed(17)),
    fc.integer().map(String),
    // 1 to 15 digits, which add up as integers, with the point anywhere or nowhere.
    fc
      .tuple(fc.array(fc.nat(9), { minLength: 1, maxLength: 16 }), fc.nat(16), fc.constantFrom('', '-'))
      .map(([digits, at, sign]) => `${sign}${digits.slice(0, at).join('')}.${digits.slice(at).join('')}`)
      .map((text) => text.replace(/\.$/, '')),
  )
  // The shortest way is taken behind the first hundred rows.
  const before = new Array<string>(100).fill('1')
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 40, maxLength: 60 }).map((cells) => [...before, ...cells]),
      fc.constantFrom('number', 'label'),
      fc.constantFrom('', 'p-'),
      (cells, type, begin) => {
        const file = (cell: (text: string) => string) =>
          bytes(['id,p', ...cells.map((text, i) => `${begin}${i},${cell(text)}`)].join('\n'))
        const shape = { idColumn: 'id', columns: [{ name: 'p', type: type as 'number' }] }
        const hash = hashSubmission(file(String), shape, salt)
        expect(hash).toMatch(/^[0-9a-f]{64}$/)
        expect(hash).toBe(hashSubmission(file(quote), shape, salt))
      },
    ),
    { numRuns: 200 },
  )
})

test('damaged files are judged, whatever the damage', () => {
  const truthShape = { idColumn: 'id', valueColumn: 't', type: 'label' as const }
  const shape: GradeInput['shape'] = { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] }
  const lines = Array.from({ length: 30 }, (_, i) => `${i},${i % 4 === 0 ? `"${i / 8}"` : i / 8}`)
  const good = bytes(`id,p\n${lines.join('\n')}\n`)
  const truth = prepareTruth(bytes(`id,t\n${lines.map((_, i) => `${i},${i % 2}`).join('\n')}\n`), truthShape)
  const interesting = fc.oneof(
    fc.constantFrom(0, 9, 10, 13, 32, 34, 44, 45, 46, 48, 101, 127, 128, 0xc3, 0xff),
    fc.nat(255),
  )
  const edit = fc.record({
    at: fc.nat(good.length),
    remove: fc.nat(3),
    insert: fc.array(interesting, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const damaged = [...good]
      for (const { at, remove, insert } of edits) damaged.splice(at, remove, ...insert)
      const submission = Uint8Array.from(damaged)
      const result = grade({ metric: 'roc_auc', truth, submission, shape, salt })
      const checked = precheck(submission, { ...shape, ids: truth.index })
      expect(checked.ok).toBe(result.status === 'graded')
      if (result.status === 'rejected') expect(checked.problems).toEqual(result.problems)
      else expect(result.score).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 2000 },
  )
})

test('any bytes as a truth are read or refused with the typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (noise, header) => {
      const csv = header ? Uint8Array.from([...bytes('id,t\n1,x\n'), ...noise]) : noise
      try {
        expect(prepareTruth(csv, { idColumn: 'id', valueColumn: 't', type: 'label' }).rows).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(GradeError)
      }
    }),
    { numRuns: 1000 },
  )
})
