/** The committed description is the one that the code gives. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

test('openapi.json is up to date; if not, run: npm run openapi -w @stellartrain/indexer-service', async () => {
  const committed = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'))
  expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(committed)
})
