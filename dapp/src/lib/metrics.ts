/** Metrics in words and formulas, as the engine states them; loaded when a page first shows one. */
import type { CatalogEntry } from '@stellartrain/oracle-grade/catalog'
import { createSignal } from 'solid-js'

export type MetricText = Pick<CatalogEntry, 'formula' | 'words'>

const [catalog, setCatalog] = createSignal<Readonly<Record<string, CatalogEntry>>>()
const state = { loading: false }

/** The terms of a metric; undefined until they are there, and for a metric that this version does not know. */
export function metricText(id: string): MetricText | undefined {
  if (!state.loading) void load()
  return catalog()?.[id]
}

/** A failure is tried again by who asks next. */
async function load(): Promise<void> {
  state.loading = true
  try {
    const { METRIC_CATALOG } = await import('@stellartrain/oracle-grade/catalog')
    setCatalog(METRIC_CATALOG)
  } catch {
    state.loading = false
  }
}
