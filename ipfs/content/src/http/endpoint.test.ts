import { expect, test } from 'vitest'
import { endpoint, withoutSlash } from './endpoint.ts'

test('a path is below a URL with a slash at its end, with several, and with none', () => {
  for (const base of ['https://a.example/node', 'https://a.example/node/', 'https://a.example/node//'])
    expect(endpoint(base, '/v1/content/x')).toBe('https://a.example/node/v1/content/x')
  expect(withoutSlash('///')).toBe('')
})

test('a stranger’s row of slashes takes no longer than its length', () => {
  const steps = `https://a.example${'/'.repeat(200_000)}x`
  expect(withoutSlash(steps)).toBe(steps)
})
