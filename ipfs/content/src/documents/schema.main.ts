/** Writes the published JSON Schemas: `npm run schema -w @stellartrain/ipfs-content`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from './schema.ts'

const folder = new URL('../../schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`)
}
