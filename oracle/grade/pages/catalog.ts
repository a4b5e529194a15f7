/** The terms of every metric as data, for pages that name a metric without loading the engine. */

import { FAMILIES } from '../src/metrics/families.ts'
import { METRICS } from '../src/metrics/index.ts'
import { paramsOf } from '../src/metrics/params.ts'

export function renderCatalog(): string {
  const families = Object.entries(FAMILIES).map(([family, { title, about }]) => [family, { title, about }])
  const metrics = METRICS.map(({ id, family, title, words, formula, direction, ...metric }) => [
    id,
    {
      family,
      title,
      words,
      formula,
      direction,
      params: paramsOf({ id, family, title, words, formula, direction, ...metric }),
    },
  ])
  return `/** Written by \`npm run pages -w @stellartrain/oracle-grade\`. */

import type { ParamSpecs } from '../metrics/paramspec.ts'

export interface CatalogEntry {
  readonly family: string
  readonly title: string
  readonly words: string
  readonly formula: string
  readonly direction: 'maximize' | 'minimize'
  readonly params: ParamSpecs
}

export const METRIC_FAMILIES: Readonly<Record<string, { readonly title: string; readonly about: string }>> = ${json(families)}

export const METRIC_CATALOG: Readonly<Record<string, CatalogEntry>> = ${json(metrics)}
`
}

const json = (entries: readonly (readonly unknown[])[]): string =>
  JSON.stringify(Object.fromEntries(entries as [string, unknown][]), null, 1)
