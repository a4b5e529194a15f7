/** Golden vectors: scores equal scikit-learn's, hashes and floats equal Python's. `vectors/make.py` makes them. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromHex } from './canonical/canonical.ts'
import { hashSubmission } from './canonical/hashsubmission.ts'
import { parseNumber } from './csv/number.ts'
import { grade } from './grade.ts'
import { getMetric, METRICS } from './metrics/index.ts'
import type { MetricId, MetricParams } from './metrics/metric.ts'
import { scoreUnits } from './score.ts'
import type { ColumnShape, ColumnType } from './shape.ts'
import { gradeVector, type Vector } from './vector.fixture.ts'

interface ScoreVector {
  name: string
  metric: MetricId
  params: MetricParams
  truthType: ColumnType
  columns: string[]
  truth: string
  submission: string
  score: number
  scoreUnits: string
}

interface HashVector {
  name: string
  columns: ColumnShape[]
  ids: string[]
  submission: string
  salt: string
  labeler: string | null
  contentHash: string
}

function load<T>(name: string): T[] {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')
  return (JSON.parse(text) as { vectors: T[] }).vectors
}

const FAMILY_VECTORS = readdirSync(new URL('../vectors/families/', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -5))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('scores of scikit-learn', () => {
  test.each(load<ScoreVector>('scores'))('$name', (vector) => {
    const { columnTypes } = getMetric(vector.metric)
    const type = columnTypes.includes('label') ? vector.truthType : columnTypes[0]!
    const result = grade({
      metric: vector.metric,
      params: vector.params,
      truth: bytes(vector.truth),
      truthShape: { idColumn: 'id', valueColumn: 'truth', type: vector.truthType },
      submission: bytes(vector.submission),
      shape: { idColumn: 'id', columns: vector.columns.map((name) => ({ name, type })) },
      salt: new Uint8Array(32),
    })
    if (result.status === 'rejected') throw new Error(result.message)
    expect(Math.abs(result.score - vector.score)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(vector.score)))
    expect(scoreUnits(vector.score)).toBe(BigInt(vector.scoreUnits))
  })

  test.each(FAMILY_VECTORS)('%s, by its reference implementations', (family) => {
    for (const vector of load<Vector>(`families/${family}`)) {
      const difference = Math.abs(gradeVector(vector) - vector.score) / Math.max(1, Math.abs(vector.score))
      expect(difference, `${vector.name}\n${vector.truth}\n${vector.submission}`).toBeLessThanOrEqual(1e-9)
    }
  })

  test('cover every metric', () => {
    const covered = new Set([
      ...load<ScoreVector>('scores').map((vector) => vector.metric),
      ...FAMILY_VECTORS.flatMap((family) => load<Vector>(`families/${family}`).map((vector) => vector.metric)),
    ] as string[])
    expect(METRICS.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })
})

test.each(load<HashVector>('hashes'))(
  'content hash: $name',
  ({ columns, ids, submission, salt, labeler, contentHash }) => {
    const shape = { idColumn: 'id', columns }
    const options = labeler === null ? {} : { labeler }
    expect(hashSubmission(bytes(submission), shape, fromHex(salt), options)).toBe(contentHash)
    expect(hashSubmission(bytes(submission), { ...shape, rows: ids.length }, fromHex(salt), options)).toBe(contentHash)
  },
)

test.each(load<[string, string]>('floats'))('%s is the float64 %s', (text, bits) => {
  const value = parseNumber(bytes(text), 0, text.length)
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  expect(view.getBigUint64(0).toString(16).padStart(16, '0')).toBe(bits)
})
