/** Writes the published JSON Schemas of a plan and of a labels file: `npm run schema -w @stellartrain/sdk`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { labelsJsonSchema } from './labels-schema.ts'
import { planJsonSchema } from './plan-schema.ts'

const folder = new URL('../../schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
const schemas = { 'plan.schema.json': planJsonSchema(), 'labels.schema.json': labelsJsonSchema() }
for (const [file, schema] of Object.entries(schemas))
  writeFileSync(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`)
