import { METRICS } from '@stellartrain/oracle-grade'
import { describe, expect, it, vi } from 'vitest'
import { metricName } from '../words/format.ts'
import { metricText } from './metrics.ts'

describe('metrics in words', () => {
  it('cover every metric of the engine, and no other', async () => {
    await vi.waitUntil(() => metricText('accuracy'), { timeout: 240_000 })
    for (const { id, words } of METRICS) expect(metricText(id)?.words).toBe(words)
    expect(metricText('unknown')).toBeUndefined()
  })

  it('have names that are no ids', () => {
    for (const { id } of METRICS) expect(metricName(id)).not.toMatch(/_|^[a-z]/)
    expect(metricName('cohen_kappa')).toBe('Cohen kappa')
    expect(metricName('r2')).toBe('R²')
    expect(metricName('roc_auc_ovr')).toBe('ROC AUC OVR')
    expect(metricName('mean_ap')).toBe('Mean AP')
    expect(metricName(null)).toBe('Score')
  })
})
