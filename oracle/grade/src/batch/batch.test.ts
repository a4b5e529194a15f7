/** A batch of labels: who gets which items, what known items decide, and hashes that equal Python's. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromHex } from '../canonical/canonical.ts'
import { createSha256 } from '../canonical/sha256.ts'
import { prepareTruth } from '../truth.ts'
import { answerRules } from './answers.ts'
import { assignedIds, itemIds } from './assign.ts'
import { checkGold } from './check.ts'
import { type BatchInput, gradeBatch } from './grade.ts'
import { gradeLeasedBatch } from './leased.ts'

interface Vector {
  name: string
  type: 'label' | 'integer'
  items: string[]
  challenge: number
  labeler: string
  attempt: number
  size: number
  assigned: string[]
  submission: string
  salt: string
  contentHash: string
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const golden = JSON.parse(readFileSync(new URL('../../vectors/batches.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

test.each(golden.vectors)('golden: $name', (vector) => {
  const { type, items, challenge, labeler, attempt, size, assigned, submission, salt, contentHash } = vector
  const batch = { challenge, labeler, attempt }
  expect(assignedIds(items, batch, size)).toEqual(assigned)
  // One known item that is not in the batch: nothing is held against it.
  const gold = prepareTruth(bytes(`id,label\nnobody's,${type === 'label' ? 'cat' : 1}\n`), {
    ...{ idColumn: 'id', valueColumn: 'label', type },
  })
  const shape = { idColumn: 'id', columns: [{ name: 'label', type }] }
  const rest = { salt: fromHex(salt), minAccuracy: 1, units: assigned.length, submission: bytes(submission) }
  const result = gradeBatch({ gold, items, size, shape, batch, ...rest })
  expect(result).toMatchObject({ status: 'accepted', goldRows: 0, scoreUnits: 10_000_000n, contentHash })
})

const LABELS = ['a', 'b', 'c']
const items = Array.from({ length: 60 }, (_, index) => `i${index}`)
const right = (id: string) => LABELS[Number(id.slice(1)) % 3]!
const gold = prepareTruth(
  bytes(
    `id,label\n${items
      .filter((_, n) => n % 3 === 0)
      .map((id) => `${id},${right(id)}`)
      .join('\n')}\n`,
  ),
  {
    ...{ idColumn: 'id', valueColumn: 'label', type: 'label' as const },
  },
)
const batch = { challenge: 3, labeler: 'G', attempt: 2 }
const ids = assignedIds(items, batch, 30)
const base: Omit<BatchInput, 'submission'> = {
  ...{ gold, items, size: 30, minAccuracy: 0.8, batch, units: 30, salt: new Uint8Array(32) },
  shape: { idColumn: 'id', columns: [{ name: 'label', type: 'label', labels: LABELS }] },
}
const csv = (label: (id: string) => string, of = ids) =>
  bytes(`id,label\n${of.map((id) => `${id},${label(id)}`).join('\n')}\n`)
const run = (submission: Uint8Array, more: Partial<BatchInput> = {}) => gradeBatch({ ...base, submission, ...more })
const known = ids.filter((id) => Number(id.slice(1)) % 3 === 0)
const wrongIn = (wrong: string[]) => (id: string) =>
  wrong.includes(id) ? LABELS[(Number(id.slice(1)) + 1) % 3]! : right(id)

test('known items decide over the whole batch; the others can say what they like', () => {
  const least = Math.ceil(known.length * 0.8)
  expect(known.length).toBeGreaterThan(4)
  expect(run(csv(right))).toMatchObject({
    status: 'accepted',
    scoreUnits: 10_000_000n,
    rows: 30,
    goldRows: known.length,
  })
  const unknown = ids.filter((id) => !known.includes(id))
  expect(run(csv(wrongIn(unknown)))).toMatchObject({ status: 'accepted', scoreUnits: 10_000_000n })
  expect(run(csv(wrongIn(known.slice(least))))).toMatchObject({ status: 'accepted' })
  expect(run(csv(wrongIn(known.slice(least - 1))))).toMatchObject({
    status: 'rejected',
    reason: 'below_accuracy',
    code: 91,
  })
})

test('a batch is about the assigned items, all of them, as declared', () => {
  expect(run(csv(right), { units: 29 })).toMatchObject({ reason: 'wrong_units', code: 90 })
  expect(run(csv(right, ids.slice(1)))).toMatchObject({ reason: 'missing_id' })
  const foreign = items.find((id) => !ids.includes(id))!
  expect(run(csv(right, [foreign, ...ids.slice(1)]))).toMatchObject({ reason: 'unknown_id' })
  expect(run(csv(() => 'd'))).toMatchObject({ reason: 'unknown_label' })
  expect(run(csv(right), { batch: { ...batch, attempt: 3 } })).toMatchObject({ reason: 'wrong_units' })
})

test('the attempts of a labeler cover every item once, another labeler has another order', () => {
  const all = [1, 2, 3].flatMap((attempt) => assignedIds(items, { ...batch, attempt }, 25))
  expect(new Set(all).size).toBe(60)
  expect(all.toSorted()).toEqual(items.toSorted())
  expect(assignedIds(items, { ...batch, labeler: 'H' }, 30)).not.toEqual(ids)
  expect(assignedIds(items.toReversed(), batch, 30)).toEqual(ids)
})

test('the same labels for other items, or by another labeler, are another content; reordered rows are the same', () => {
  const hash = (result: ReturnType<typeof run>) => (result.status === 'accepted' ? result.contentHash : result.reason)
  const constant = (attempt: number, labeler = 'G') => {
    const name = { ...batch, attempt, labeler }
    return hash(
      run(
        csv(() => 'a', assignedIds(items, name, 30)),
        { batch: name, minAccuracy: 0.01 },
      ),
    )
  }
  expect(new Set([constant(1), constant(2), constant(1, 'H'), constant(2, 'H')]).size).toBe(4)
  expect(hash(run(csv(right, ids.toReversed())))).toBe(hash(run(csv(right))))
})

test('a leased batch is about the items of its lease, whatever is assigned, and its content is hashed as any other', () => {
  const leased = ids.slice(0, 7)
  const { size: _, ...rest } = base
  const lease = { expires: 1_000, holds: (of: readonly string[]) => of.join() === leased.toSorted().join() }
  const judge = (more: object = {}, submission = csv(right, leased)) =>
    gradeLeasedBatch({ ...rest, units: 7, submission, lease, time: 1_000, ...more })
  const accepted = judge()
  expect(accepted).toMatchObject({ status: 'accepted', rows: 7 })
  // Given the same ids it is the batch that it always was.
  expect(accepted).toEqual(gradeBatch({ ...base, units: 7, ids: leased, submission: csv(right, leased) }))
  expect(judge({ lease: undefined })).toMatchObject({ reason: 'no_lease', code: 92 })
  expect(judge({ lease: { ...lease, holds: () => false } })).toMatchObject({ reason: 'bad_lease', code: 93 })
  expect(judge({ time: 1_001 })).toMatchObject({ reason: 'lease_expired', code: 94 })
  expect(judge({ units: 6 })).toMatchObject({ reason: 'wrong_units' })
  expect(judge({ units: 8 }, csv(right, ids.slice(0, 8)))).toMatchObject({ reason: 'bad_lease' })
  const twice = bytes(`id,label\n${[...leased, leased[0]].map((id) => `${id},a`).join('\n')}\n`)
  expect(judge({}, twice)).toMatchObject({ reason: 'duplicate_id' })
  expect(judge({}, csv(right, ['elsewhere', ...leased.slice(1)]))).toMatchObject({ reason: 'unknown_id' })
  expect(judge({}, bytes('label\na\n'))).toMatchObject({ reason: 'missing_column' })
  expect(judge({}, new Uint8Array())).toMatchObject({ reason: 'empty_file' })
  expect(
    judge(
      {},
      csv(() => 'd', leased),
    ),
  ).toMatchObject({ reason: 'unknown_label' })
  expect(judge({}, csv(wrongIn(leased), leased))).toMatchObject({ reason: 'below_accuracy' })
})

test('items are read from any published file; what does not fit together is the maker’s mistake', () => {
  expect(itemIds(bytes('id,text\n2,x\n10,"a, b"\n1,y\n'), 'id')).toEqual(['1', '10', '2'])
  expect(itemIds(bytes('text,id\nx,é\ny,b\n'), 'id')).toEqual(['b', 'é'])
  for (const bad of ['name\nx\n', 'id,text\n1,x\n1,y\n', ''])
    expect(() => itemIds(bytes(bad), 'id')).toThrow(expect.objectContaining({ code: 'shape_invalid' }))
  checkGold(gold, items, 0.8)
  expect(() => checkGold(gold, items.slice(1), 0.8)).toThrow(expect.objectContaining({ code: 'truth_invalid' }))
  expect(() => checkGold(gold, items, 0)).toThrow(expect.objectContaining({ code: 'params_invalid' }))
})

test('known boxes are right where each overlaps with one of its label, and what the task does not allow is no answer', () => {
  const read = (cell: string) => {
    if (cell === 'nothing at all') return undefined
    return {
      kind: 'boxes' as const,
      boxes: JSON.parse(cell) as { x: number; y: number; width: number; height: number; label: string }[],
    }
  }
  const box = (x: number, width = 10, label = 'cat') => ({ x, y: 0, width, height: 10, label })
  const cell = (...boxes: ReturnType<typeof box>[]) => JSON.stringify(boxes)
  const pool = ['one', 'two']
  const csvOf = (rows: Record<string, string>) =>
    bytes(
      `id,label\n${Object.entries(rows)
        .map(([id, value]) => `${id},"${value.replaceAll('"', '""')}"`)
        .join('\n')}\n`,
    )
  const known = prepareTruth(csvOf({ one: cell(box(0), box(20, 10, 'dog')) }), {
    ...{ idColumn: 'id', valueColumn: 'label', type: 'label' as const },
  })
  const judge = (answer: string, rules = answerRules({ kind: 'boxes' }, read)) =>
    gradeBatch({
      ...{
        gold: known,
        items: pool,
        size: 2,
        minAccuracy: 1,
        units: 2,
        salt: new Uint8Array(32),
        batch: { ...batch, attempt: 1 },
      },
      ...{ shape: { idColumn: 'id', columns: [{ name: 'label', type: 'label' as const }] }, answers: rules },
      submission: csvOf({ one: answer, two: cell() }),
    })
  const right = { status: 'accepted', goldRows: 1, scoreUnits: 10_000_000n }
  // 8 of 12 columns of pixels are common: 2/3. The order of the parts is the writer's.
  expect(judge(cell(box(20, 10, 'dog'), box(2)))).toMatchObject(right)
  const strict = answerRules({ kind: 'boxes', iou: 0.7 }, read)
  expect(judge(cell(box(20, 10, 'dog'), box(2)), strict)).toMatchObject({ reason: 'below_accuracy' })
  expect(judge(cell(box(20, 10, 'dog'), box(1)), strict)).toMatchObject(right)
  for (const wrong of [
    cell(),
    cell(box(0)),
    cell(box(0), box(20)),
    cell(box(0), box(20, 10, 'dog'), box(40)),
    // One box is not two.
    cell(box(0), box(0)),
  ])
    expect(judge(wrong), wrong).toMatchObject({ reason: 'below_accuracy', code: 91 })
  expect(judge('nothing at all')).toMatchObject({ reason: 'bad_answer', code: 95 })
})

test('known spans and polygons likewise; an answer of another kind is right only where it is equal', () => {
  const span = (start: number, end: number) => ({ start, end, label: 'name' })
  const spans = (...of: ReturnType<typeof span>[]) => ({ kind: 'spans', spans: of })
  const triangle = (x: number) => ({
    kind: 'polygons',
    polygons: [
      {
        label: 'roof',
        points: [
          [x, 0],
          [x + 10, 0],
          [x, 10],
        ] as [number, number][],
      },
    ],
  })
  const answers: Record<string, { kind: string }> = {
    ...{ a: spans(span(0, 4)), b: spans(span(0, 8)), c: spans(span(0, 9)), d: spans(span(4, 8)) },
    ...{ e: triangle(0), f: triangle(3), g: triangle(6), h: { kind: 'choice' }, i: { kind: 'choice' } },
  }
  const rules = answerRules({ kind: 'spans' }, (cell) => answers[cell])
  const agree = ['ab', 'ac', 'ad', 'ef', 'eg', 'hi', 'ae'].filter(([one, other]) => rules.agrees(one!, other!))
  expect(agree).toEqual(['ab', 'ef'])
})

test('the order of a labeler is computed once, however many batches it takes, and a few orders are kept', () => {
  let hashes = 0
  const counting = () => {
    hashes++
    return createSha256()
  }
  const own = items.map((id) => id)
  const taken = (labeler: string, attempt: number) => assignedIds(own, { challenge: 9, labeler, attempt }, 20, counting)
  const all = [1, 2, 3, 4].flatMap((attempt) => taken('G', attempt))
  expect([hashes, new Set(all).size, all.length]).toEqual([60, 60, 60])
  for (let other = 0; other < 15; other++) taken(`H${other}`, 1)
  taken('G', 1)
  expect(hashes).toBe(16 * 60)
  // Who was not asked for longest is forgotten, and found again.
  taken('I', 1)
  expect(taken('H0', 1)).toEqual(assignedIds([...own], { challenge: 9, labeler: 'H0', attempt: 1 }, 20))
  expect(hashes).toBe(18 * 60)
})
