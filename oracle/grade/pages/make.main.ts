/** Writes docs/metrics, and the catalog that pages load: `npx node oracle/grade/pages/make.main.ts`. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { renderCatalog } from './catalog.ts'
import { renderPages } from './index.ts'
import { renderSchema } from './schema.ts'

const docs = new URL('../../../docs/metrics/', import.meta.url)
mkdirSync(docs, { recursive: true })
for (const [file, text] of Object.entries(renderPages())) writeFileSync(new URL(file, docs), text)
writeFileSync(new URL('../src/generated/catalog.ts', import.meta.url), renderCatalog())
mkdirSync(new URL('../generated/', import.meta.url), { recursive: true })
writeFileSync(new URL('../generated/metric.schema.json', import.meta.url), renderSchema())
