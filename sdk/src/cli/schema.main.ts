/** Writes the published JSON Schema of a plan: `npm run schema -w @stellartrain/sdk`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { planJsonSchema } from './plan-schema.ts'

const folder = new URL('../../schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('plan.schema.json', folder), `${JSON.stringify(planJsonSchema(), null, 2)}\n`)
