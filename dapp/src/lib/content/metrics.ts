/** Metrics in words and formulas, as the engine states them; loaded when a page first shows one. */
import type { CatalogEntry } from '@stellartrain/oracle-grade/catalog'
import { createSignal } from 'solid-js'

export type MetricText = Pick<CatalogEntry, 'formula' | 'words'>

const [catalog, setCatalog] = createSignal<Readonly<Record<string, CatalogEntry>>>()
const [families, setFamilies] = createSignal<Readonly<Record<string, { title: string }>>>()
const state = { loading: false }

/** The terms of a metric; undefined until they are there, and for a metric that this version does not know. */
export function metricText(id: string): MetricText | undefined {
  if (!state.loading) void load()
  return catalog()?.[id]
}

/** The title of the family that a metric belongs to; undefined as long as the terms are not there. */
export function metricFamily(id: string): string | undefined {
  if (!state.loading) void load()
  const family = catalog()?.[id]?.family
  return family === undefined ? undefined : families()?.[family]?.title
}

/** Whether a metric is about a word that somebody looks for: in its id, title or sentence. */
export function metricMatches(id: string, word: string): boolean {
  const wanted = word.trim().toLowerCase()
  const entry = catalog()?.[id]
  return [id, entry?.title ?? '', entry?.words ?? ''].some((text) => text.toLowerCase().includes(wanted))
}

/** A failure is tried again by who asks next. */
async function load(): Promise<void> {
  state.loading = true
  try {
    const { METRIC_CATALOG, METRIC_FAMILIES } = await import('@stellartrain/oracle-grade/catalog')
    setFamilies(METRIC_FAMILIES)
    setCatalog(METRIC_CATALOG)
  } catch {
    state.loading = false
  }
}
