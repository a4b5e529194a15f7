/** `npm run openapi`: writes the committed description anew after a change of the API. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openApiDocument } from './openapi.ts'

const path = fileURLToPath(new URL('../../openapi.json', import.meta.url))
writeFileSync(path, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
execFileSync('biome', ['format', '--write', path], { stdio: 'inherit' })
