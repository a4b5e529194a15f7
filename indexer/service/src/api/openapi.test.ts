/** The committed description is the one that the code gives. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

test('openapi.json is up to date; if not, run: npm run openapi -w @stellartrain/indexer-service', async () => {
  const committed = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'))
  expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(committed)
})

test('every operation has a name of its own, by which generated clients call it', () => {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, { operationId?: string }>> }
  const names = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(names.filter((name) => !/^[a-z]+(_[a-z]+)+$/.test(name ?? ''))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('get_challenges_id_leaderboard_csv')
})

test('what may be null is one of two in the document, and no named schema is null everywhere', () => {
  const wrong: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { allOf, type } = node as { allOf?: { type?: unknown }[]; type?: unknown }
    const nullable = (given: unknown) => Array.isArray(given) && given.includes('null')
    if (allOf?.some((part) => nullable(part.type))) wrong.push(`${path}: a schema and null at once`)
    if (/^\/components\/schemas\/\w+$/.test(path) && nullable(type))
      wrong.push(`${path}: may be null wherever it is used`)
    for (const [key, value] of Object.entries(node)) visit(value, `${path}/${key}`)
  }
  visit(openApiDocument(), '')
  expect(wrong).toEqual([])
})
