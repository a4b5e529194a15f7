import { METRICS } from '@stellartrain/oracle-grade'
import { describe, expect, it } from 'vitest'
import { metricName } from './format.ts'
import { metricTexts } from './metrics.ts'

describe('metrics in words', () => {
  it('cover every metric of the engine, and no other', () => {
    expect(Object.keys(metricTexts).sort()).toEqual(METRICS.map((metric) => metric.id).sort())
    for (const { id } of METRICS) expect(metricName(id)).not.toBe(id)
  })
})
