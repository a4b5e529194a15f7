/** Tests wait for states: a limit only ends what hangs, so none is shorter than what a machine with no time to spare may need. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
/** Of vitest.config.ts: a wait, and a test. */
const [WAIT_MS, TEST_MS] = [240_000, 300_000]

test('no test gives up sooner than all others', () => {
  const files = execFileSync('git', ['ls-files', '*.test.ts', '*.test.tsx'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
  const number = (text = '') => Number(text.replaceAll('_', ''))
  const short = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const waits = [...text.matchAll(/\btimeout: (\d[\d_]*)/g)].filter(
      ([, ms]) => number(ms) >= 1_000 && number(ms) < WAIT_MS,
    )
    const limits = [...text.matchAll(/^\s*\}, (\d[\d_]*)\)$/gm)].filter(
      ([, ms]) => number(ms) >= 1_000 && number(ms) < TEST_MS,
    )
    // Vitest's own wait ends after a second unless it is told otherwise.
    const sudden = callsOf(text, /\bvi\.wait(Until|For)\(/g).filter(([call]) => !/240_000|PATIENCE/.test(call))
    return [...waits, ...limits, ...sudden].map(([found]) => `${file}: ${found.trim()}`)
  })
  expect(short).toEqual([])
})

/** Each call with its arguments, to the parenthesis that ends it. */
function callsOf(text: string, begin: RegExp): [string][] {
  return [...text.matchAll(begin)].map(({ index, 0: head }) => {
    let depth = 1
    let end = index + head.length
    for (; depth > 0 && end < text.length; end++) depth += { '(': 1, ')': -1 }[text[end]!] ?? 0
    return [text.slice(index, end)]
  })
}
