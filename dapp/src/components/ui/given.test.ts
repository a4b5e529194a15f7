/** `<Show>` with a function child reads a value that may be gone; pages use `<Given>`, or `keyed`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const source = join(import.meta.dirname, '../..')
const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))

it('no page can read a stale value from <Show>', () => {
  expect(pages.length).toBeGreaterThan(50)
  const stale = pages.flatMap((name) =>
    staleReads(readFileSync(join(source, name), 'utf8')).map((at) => `${name}: ${at}`),
  )
  expect(stale).toEqual([])
})

it('finds one where there is one', () => {
  expect(staleReads('<Show when={a()} fallback={<p>no</p>}>\n  {(it) => it()}\n</Show>')).toHaveLength(1)
  expect(staleReads('<Show when={a()} keyed>{(it) => it}</Show><Show when={a() > 1}>{b()}</Show>')).toEqual([])
})

/** Opening tags of `<Show>` and `<Match>` without `keyed`, whose child is a function. */
function staleReads(text: string): string[] {
  return [...text.matchAll(/<(?:Show|Match)\b/g)].flatMap(({ index }) => {
    let depth = 0
    let end = index
    while (end < text.length && (text[end] !== '>' || depth > 0)) {
      if (text[end] === '{') depth += 1
      if (text[end] === '}') depth -= 1
      end += 1
    }
    const tag = text.slice(index, end + 1)
    const takesFunction = /^\s*\{(?:\([^()]*\)|\w+) =>/.test(text.slice(end + 1))
    return takesFunction && !/\skeyed\b/.test(tag) ? [tag] : []
  })
}
