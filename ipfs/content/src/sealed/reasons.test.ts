/** Reason codes are on-chain and forever: each is used once and stands in docs/formats.md. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CONTENT_REASONS } from './reasons.ts'

const formats = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')

it('the codes are those that docs/formats.md lists, below 20, each once', () => {
  const listed = [...formats.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, code, name]) => [name, Number(code)])
  expect(listed).toEqual(Object.entries(CONTENT_REASONS).map(([name, { code }]) => [name, code]))
  const codes = Object.values(CONTENT_REASONS).map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(Math.max(...codes)).toBeLessThan(20)
})
